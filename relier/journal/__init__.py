"""Deeds and readings, one line each; the registry where each room declares its holdings."""
