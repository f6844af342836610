"""The relay's database: the only code of the relay that speaks SQL."""
