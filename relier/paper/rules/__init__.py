"""What is decided from plain values: no database, no picture."""
