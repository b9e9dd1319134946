"""Centres, teams, members: their roles and their status."""
