"""Competences: frameworks as data, their official texts, and what a team says of them."""
