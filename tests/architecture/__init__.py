"""The house itself under test: its floors, sizes, names and settings."""
