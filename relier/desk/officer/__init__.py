"""The journal of a centre, for its data protection officer: who read and did what, about whom."""
