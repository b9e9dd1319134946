"""The pages of training: each fetches, checks, acts once, answers."""
