"""Whole journeys in a real browser, on the demo content."""
