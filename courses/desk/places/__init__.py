"""场地: venues, their rooms, opening hours, closures, and the sign for the door."""
