"""Practical sheets: how something is done here, in text that is adapted and never lost."""
