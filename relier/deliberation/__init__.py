"""Deliberation: what a group thinks, and what it decides."""
