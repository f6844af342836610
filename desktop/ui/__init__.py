"""Everything that the user sees; the only package that imports Qt."""
