"""Invented people: the two houses of the demonstration, and crowds to measure with."""
