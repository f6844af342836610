"""The inbox: what concerns me, read and unread."""
