"""Who is signed in on this computer."""
