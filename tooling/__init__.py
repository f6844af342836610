"""What dev.py stands on: the set-up of a working copy and its own checks; stdlib only."""
