"""The forms of training: they check what came in, and keep nothing."""
