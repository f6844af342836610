"""The mentor's sessions: list, details and editor."""
