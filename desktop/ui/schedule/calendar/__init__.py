"""The mentor's calendar: a week of hours and a month of days."""
