"""机构 and 街镇: the guidance line, one level at a time, and the administrative one."""
