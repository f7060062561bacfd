"""What may only go wrong when several do something at the same moment; each test has its control."""
