"""The visit of the inspection, rehearsed on what stands in the database.

`facts.py` reads the facts and what is not known of them (`lists.py`), `rehearsing.py` runs the
procedure, `wording.py` says it for the page and for the paper, `mending.py` where each thing is
mended. The procedure itself is an engine that knows no database: `relier/training/inspection/`.
"""
