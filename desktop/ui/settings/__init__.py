"""Settings: what a person, and this computer, can be told to do otherwise."""
