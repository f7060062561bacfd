"""What the staff area shows of our own tables, a file for each."""
