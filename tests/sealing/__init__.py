"""What is sealed at rest: it crosses the rooms, so it is tested here."""
