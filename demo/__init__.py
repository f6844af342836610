"""The demo: a relay and real desktops, shown on the screen or driven to prove the stories."""
