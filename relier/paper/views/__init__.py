"""Pages of this room: printing and the tray; answering on screen and by voice."""
