"""Opinions: what a group really thinks, from who agreed with what. Plain Python and NumPy.

`votes` holds the votes, `analysis.analyse` reads them, `document` and `page` tell what was found.
The method is told in docs/opinions.md.
"""
