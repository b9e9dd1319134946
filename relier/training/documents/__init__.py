"""The documents of training: each derives from the facts, is printed once, kept, and printed again
to the byte.

- `content`: what a document says, in plain values; its fingerprint.
- `about`, `pieces`: what it is of; what several documents say alike.
- `of_an_entry`, `for_the_person`, `attestations`, `statements`, `of_a_year`, `activity`: facts into
  words. No number is added up there: `figures` does.
- `kinds`: all of them, with their wall and the version of their template.
- `drawing`: the PDF and the tables. `keeping`: printing, reading again, what changed since.
"""
