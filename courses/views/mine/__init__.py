"""`/enrolments/`: what somebody sees and does after enrolling. Nobody's name or number is in any of its addresses."""
