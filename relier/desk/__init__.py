"""The worker's day, a person's whole file, search."""
