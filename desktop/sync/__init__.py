"""Keeping the local rows and the relay in step."""
