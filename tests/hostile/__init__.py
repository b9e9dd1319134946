"""Hostile input is answered: wrong, huge, empty, malicious, sent twice, cut in the middle."""
