"""点名: the roll of a session, people who walk in, and heads without names."""
