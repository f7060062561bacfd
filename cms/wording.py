"""Words that appear in more than one place, so that changing them is one edit."""

SITE_NAME = "随申学堂"

# The fixed endings of every lesson and chapter.
THREE_SENTENCES = (
    "错了不要紧，按返回。",
    "钱和验证码，不告诉人。",
    "不会就问窗口，窗口一直在。",
)

# The short hint under a scenario's name, from 992 px on.
SCENARIO_HINTS = {
    "healthcare": "挂号、医保码",
    "transport": "乘车、打车",
    "show-code": "随申码、证件",
    "scan-code": "扫一扫、付钱",
    "chat": "微信、视频",
    "bills": "水电煤、话费",
    "shopping": "买菜、快递",
    "leisure": "听戏、约公园",
    "phone": "字大、上网",
    "safety": "防骗、密码",
}
