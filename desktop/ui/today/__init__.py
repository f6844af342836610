"""Today: what comes next, what waits for a word, and what has happened."""
