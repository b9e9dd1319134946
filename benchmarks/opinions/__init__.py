"""Opinions: our engine beside Polis' pipeline and red-dwarf, on the same votes."""
