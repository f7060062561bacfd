"""看板: how far a place has come, where nobody teaches, what is to be done today; months and seals."""
