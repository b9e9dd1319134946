"""Pages of members (`/deliberation/`) and of whoever holds a card (`/voice/`)."""
