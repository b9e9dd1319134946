"""What is done in training. Whatever moves hours posts them in the same transaction."""
