"""The student's sessions."""
