"""Everything that is done to enrolments (报名), a file for each verb. Each takes effect whole or not at all."""
