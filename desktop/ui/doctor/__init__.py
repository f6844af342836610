"""The connection doctor in the window."""
