"""Needs attention: work that was refused, and changes that met."""
