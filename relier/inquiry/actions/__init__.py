"""Deeds of inquiry: testimonies, problems, what ties them."""
