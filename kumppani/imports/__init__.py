"""What comes in from outside: read, checked, and applied through acts."""
