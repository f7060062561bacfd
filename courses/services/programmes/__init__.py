"""Programmes: which one a year has, and changing it."""
