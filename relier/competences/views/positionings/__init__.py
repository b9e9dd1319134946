"""Finding out together: beginning, asking, noting on a page, and what comes of it."""
