"""The measurements behind every figure that we publish."""
