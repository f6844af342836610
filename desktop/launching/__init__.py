"""How the operating system starts Tandem: at login, and when a `tandem://` link is clicked."""
