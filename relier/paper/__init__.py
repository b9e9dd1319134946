"""One form, three channels: screen, paper, voice. Its first room: pages typeset to be printed."""
