"""When a person is reminded of a session; Qt-free."""
