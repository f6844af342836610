"""The local database: two SQLite files, their one writer, and the only SQL of the desktop."""
