"""What the head sees: today from the rows, days that are over from rollups, and whether these are true."""
