"""How Relier looks: one stylesheet, the pictograms, the components, and the page of patterns.

A room draws nothing of its own: it loads the tags of `templatetags/ui.py`, and when a piece is
missing, the piece is added here and shown on the page of patterns. README.md says how to write
a page.
"""
