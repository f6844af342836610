"""Administration: people and roles, invitations, cohorts and their codes."""
