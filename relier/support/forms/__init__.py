"""What comes in, checked: nothing is saved here."""
