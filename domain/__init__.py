"""What the two programs agree on: records, rules, commands and messages; no I/O, no clock."""
