"""Calling the roll (签到): a file for each verb. What is put down stays; what was wrong, another line puts right."""
