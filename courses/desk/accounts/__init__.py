"""账号 and 操作记录: who may log in, with which duties, and what was done."""
