"""What a person does at a screen, done by a browser: real pages, real clicks, real keys."""
