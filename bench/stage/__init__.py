"""What the measurements stand on: many rows, a filled desktop, a relay in a process."""
