"""The mentor's queue of entries to review."""
