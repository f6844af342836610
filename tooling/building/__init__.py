"""What `dev.py build` makes: the program for this system, its packages, and the relay's."""
