"""Plain Python for several rooms: no database, no request, no wording shown on screen."""
