"""The thread of a problem across rooms: what founded it, what it is linked to, the question, the
trial, the sheet, what it changed. A floor above the rooms: it reads them, and none knows it."""
