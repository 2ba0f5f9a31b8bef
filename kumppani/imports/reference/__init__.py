"""The facts in the folder `reference/`: read with file and line, checked as a whole, applied through acts as the system account `reference`."""
