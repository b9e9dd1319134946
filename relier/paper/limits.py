"""How much is taken at once: said apart, so that a page that takes other files than pages of paper
needs nothing else of this room."""

# Two hundred pages of grey scans at 300 dots per inch are some 60 MB; the process apart, which
# holds the whole of a file, has 600 MB for all that it does.
MOST_BYTES = 100 * 1024 * 1024
