"""The one source of every number anywhere: kept totals, what they are made from, and the proof that they agree."""
