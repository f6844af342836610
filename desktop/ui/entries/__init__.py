"""Learning entries: written by students, read by both sides."""
