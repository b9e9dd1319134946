"""How plain a text is: pure measures, with no Django and no file."""
