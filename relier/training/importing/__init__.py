"""A centre arrives with its spreadsheets: people and their entries, tracks, sessions, presences.

    receive → say what each column is → dry run → import, at once → undo, at once

Each step is a page of its own, can be left and found again. A file is kept sealed from one step to
the next, and forgotten once it is imported, given up, or too old (`staged.py`). Nothing that stands
is changed: lines are added, or left out. What was added is noted (`ImportedRow`), so that one
gesture takes it back (docs/decisions/023).

    columns.py    what a column may be, and what it is usually called
    by_day.py     sheets with one column per day: which columns are days
    codes.py      what their cells say beside hours
    totals.py     lines that add up
    values.py     a cell -> a value, or what is wrong with it
    problems.py   what may be wrong with a line, in words that say what to do
    alike.py      who may be the same person, in the file and in the centre
    drafts.py     what a file would add: plain values, no row yet
    checking/     the dry run: a file -> drafts and problems
    moment.py     the house as it is at one moment, and whether it has moved since
    ready.py      drafts -> rows, and what they move in the ledger, while nobody waits
    statements.py rows -> what writes them
    keeping.py    all of it written, in one short transaction
    undoing.py    the way back
    staged.py     the file between two steps
"""
