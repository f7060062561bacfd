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
    Column("helpers", "助教/志愿者", ("助教", "志愿者", "助教志愿者", "助学志愿者", "助教老师", "助教名单")),
    Column(
        "dates",
        "起止日期",
        ("起止时间", "日期", "上课日期", "开班日期", "开课日期", "开班时间", "起讫日期", "起止年月"),
        is_needed=True,
    ),
    Column("time", "上课时间", ("时间", "上课时段", "时段", "具体时间"), is_needed=True),
    Column("times", "课次数", ("课次", "次数", "上课次数")),
    Column("hours", "课时数", ("学时", "总课时", "总学时")),
    Column("lessons", "课时", ("课时编号", "课时代码", "课时名称", "讲哪几课")),
    Column("place", "地点", ("上课地点", "上课地址", "教室", "场地")),
    Column("capacity", "计划人数", ("人数", "招生人数", "班额", "计划招生", "招生计划")),
    Column(
        "minimum",
        "最少几人",
        ("最少人数", "最低人数", "开班人数", "最低开班人数", "最少开班人数", "几人开班"),
    ),
    Column("fee", "学费", ("费用", "收费", "收费标准", "培训费")),
    Column("enrol_from", "报名开始", ("报名开始时间", "报名开始日期", "报名起始时间", "开始报名")),
    Column(
        "enrol_until", "报名截止", ("报名截止时间", "报名截止日期", "报名结束", "报名结束时间", "截止报名")
    ),
    Column("mode", "形式", ("上课形式", "授课形式", "教学形式", "方式", "培训形式")),
    Column("link", "链接", ("上课链接", "直播链接", "网址")),
    Column("tongue", "上课说", ("语言", "授课语言", "上课语言", "教学语言", "讲课语言")),
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
    "helpers": "李明、陈红",
    "dates": "2026-09-09 至 2026-12-30",
    "time": "周三 14:00-15:30",
    "times": "8次",
    "hours": "16",
    "lessons": "CHAT-1、CHAT-2",
    "place": "田林街道社区学校 203",
    "capacity": "30人",
    "minimum": "8人",
    "fee": "免费",
    "enrol_from": "2026-08-20 9:00",
    "enrol_until": "2026-09-05",
    "mode": "线下",
    "link": "",
    "tongue": "普通话",
    "contact": "李老师",
    "phone": "021-64000000",
    "remark": "",
}
