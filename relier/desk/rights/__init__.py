"""The rights of the person, and how long things are kept: pages that see every room.

`person` is asked by a team for someone they follow; `keeping` and `archives` are the centre's.
"""
