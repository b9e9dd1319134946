"""Training: tracks, programmes, contracts, sessions, presence taken once, the ledger of hours."""
