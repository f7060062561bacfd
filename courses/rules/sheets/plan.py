"""The columns of an 开班计划表, by whatever names they go."""

from courses.rules.sheets.tables import Column

COLUMNS = (
    Column("number", "序号", ("编号", "No", "No.")),
    Column("district", "区", ("所属区", "区县", "所在区")),
    Column("town", "街镇", ("街道", "街道镇", "所属街镇", "街道乡镇", "镇", "乡镇")),
    Column("organiser", "办学单位", ("学习点", "主办单位", "开班单位", "单位", "社区学校", "办学点", "机构")),
    Column("title", "班级名称", ("班级", "班名", "班级名", "课程班名称"), is_needed=True),
    Column("module", "课程", ("主题模块", "课程模块", "课程名称", "课程主题模块", "模块")),
    Column("scenarios", "应用场景", ("场景", "主要场景")),
    Column("teacher", "授课教师", ("教师", "任课教师", "主讲教师", "主讲", "老师", "授课老师", "任课老师")),
    Column(
        "dates",
        "起止日期",
        ("起止时间", "日期", "上课日期", "开班日期", "开课日期", "开班时间", "起讫日期", "起止年月"),
        is_needed=True,
    ),
    Column("time", "上课时间", ("时间", "上课时段", "时段", "具体时间"), is_needed=True),
    Column("times", "课次数", ("课次", "次数", "上课次数")),
    Column("hours", "课时数", ("课时", "学时")),
    Column("place", "地点", ("上课地点", "上课地址", "教室", "场地")),
    Column("capacity", "计划人数", ("人数", "招生人数", "班额", "计划招生", "招生计划")),
    Column("mode", "形式", ("上课形式", "授课形式", "教学形式", "方式", "培训形式")),
    Column("link", "链接", ("上课链接", "直播链接", "网址")),
    Column("contact", "联系人", ("联络人",)),
    Column("phone", "联系电话", ("电话", "联系人电话", "手机", "联系方式")),
    Column("remark", "备注", ("说明",)),
)
LABELS = {column.key: column.label for column in COLUMNS}

# What the table to fill in shows as an example; its number says so, and it is passed over.
EXAMPLE = {
    "number": "例",
    "district": "徐汇区",
    "town": "田林街道",
    "organiser": "田林街道社区学校",
    "title": "微信入门班",
    "module": "微信聊天",
    "scenarios": "聊天、扫码",
    "teacher": "王芳",
    "dates": "2026-09-09 至 2026-12-30",
    "time": "周三 14:00-15:30",
    "times": "8次",
    "hours": "16",
    "place": "田林街道社区学校 203",
    "capacity": "30人",
    "mode": "线下",
    "link": "",
    "contact": "李老师",
    "phone": "021-64000000",
    "remark": "",
}
