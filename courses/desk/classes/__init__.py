"""班级, 周课表 and 课次: planning classes, and what happens to them afterwards."""
