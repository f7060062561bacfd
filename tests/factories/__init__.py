"""Things to test with: each function makes one, complete enough to go on line."""
