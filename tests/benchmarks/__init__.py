"""Measurements, never a pass or a fail: `make bench`."""
