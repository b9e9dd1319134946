"""Whom data are about (`Subject`), what they agreed to, and their rights."""
