"""Students: the roster, who has no mentor yet, and a page for each of them."""
