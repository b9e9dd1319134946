"""People accompanied, and their situation over time."""
