"""What was lived, told in a few lines; problems written in plain words, founded on it and linked to
one another (docs/inquiry.md)."""
