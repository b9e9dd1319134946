"""The person's own page, under /me/: reached with a card, read on a cheap telephone.

door.py        the cookie of a visit, whence a visitor comes, who may go on
languages.py   seven languages, and which of them a native speaker has signed for
reading.py     what each page holds; words.py puts it in words
beyond.py     who reads beyond their team
views.py       the pages; papers.py the same on paper
keeping.py     all that is held about them, to print or to take away
giving.py      the worker's side: the card and the pictures, on the page of the file
"""
