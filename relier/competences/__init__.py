"""Competences."""
