"""What happened, told outside the window: by the desktop's notification service or the tray."""
