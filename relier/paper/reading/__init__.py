"""The reader: from the picture of a page to what was marked on it.

- `identifiers`: the opaque identifier of a printed page, and the short code a hand copies;
- `layouts`: what was printed where, in millimetres.

Plain Python with NumPy and OpenCV; no Django, no database. Nothing here decides alone: what is
doubtful is said to be, and a human decides.
"""
