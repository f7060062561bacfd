"""The columns of a list of activities that another of the city's lines gives out."""

from courses.rules.sheets.cells import CellValue, plain
from courses.rules.sheets.counts import read_count
from courses.rules.sheets.tables import Column
from courses.rules.sheets.unclear import Unclear

MOST = 100_000
COLUMNS = (
    Column(
        "on", "日期", ("活动日期", "开展日期", "举办日期", "培训日期", "时间", "活动时间"), is_needed=True
    ),
    Column("district", "区", ("所属区", "区县", "所在区")),
    Column("town", "街镇", ("街道", "街道镇", "所属街镇", "所在街镇", "街道乡镇", "镇", "乡镇")),
    Column("place", "地点", ("活动地点", "活动地址", "举办地点", "培训地点", "地址", "场地", "场所")),
    Column(
        "title",
        "活动名称",
        ("活动", "名称", "活动主题", "活动内容", "项目名称", "培训名称", "主题"),
        is_needed=True,
    ),
    Column(
        "attendances",
        "人次",
        ("参加人次", "参与人次", "服务人次", "培训人次", "活动人次", "人数", "参加人数", "参与人数"),
        is_needed=True,
    ),
)


def read_attendances(value: CellValue) -> int | Unclear:
    """Return how many 人次 a cell says, at most 100,000: 120, 120人, 120人次."""
    words = plain(value)
    found = read_count(words.removesuffix("人次") if words != "人次" else words, most=MOST, unit="人次")
    if isinstance(found, Unclear):
        return found
    if found.number is None:
        return Unclear("没写是多少人次", "请只写数字，比如 30人次")
    return found.number
