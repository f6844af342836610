"""Signing in, registering and a forgotten password."""
