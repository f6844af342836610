"""Who changed what: the history of an item, and of all that is one's own."""
