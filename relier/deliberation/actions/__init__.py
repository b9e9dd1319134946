"""What members do with a question, and what whoever holds a card says of it."""
