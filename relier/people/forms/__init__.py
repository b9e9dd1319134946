"""The forms of this room. They check what came in; they do not save."""
