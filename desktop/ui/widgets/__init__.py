"""The window's own controls; they look right everywhere and know nothing of sessions or people."""
