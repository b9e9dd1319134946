"""What members write: a question, its statements, its cards (`questions`, `cards`)."""
