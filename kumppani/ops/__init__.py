"""For operators: the console command and what it starts."""
