"""The deeds of the daily work: permission, change and journal together."""
