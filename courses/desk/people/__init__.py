"""教师 and 志愿者: what they can teach, when they have time, what they have proved."""
