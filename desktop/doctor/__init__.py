"""The connection doctor: the way to the relay, step by step; Qt-free, and it changes nothing."""
