"""Pages under /voice/, for whoever holds a card: each is one matter, read in one breath.

`coming` in and going out; `answering`, one statement after another, then read back and given;
`writing` a statement or a sentence, and contesting a refusal.
"""
