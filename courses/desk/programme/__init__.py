"""年度计划: what a year is to reach. The city keeps it."""
