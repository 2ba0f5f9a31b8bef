"""One module for each command: its documentation is its help, `add_arguments` its options, `run` its work."""
