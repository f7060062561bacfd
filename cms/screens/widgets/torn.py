"""撕口: the screen goes on above or below, only the part that matters is drawn."""

from .base import Place, Widget, widget


@widget
class Torn(Widget):
    name = "撕口"
    aliases = ("撕边", "撕开")
    summary = "只画一段屏幕。写在第一行，上面撕开；写在最后一行，下面撕开。不写，就画整部手机。"
    usage = "撕口"
    example = "撕口\n列表 大女儿\n列表 社区学校三班 *\n列表 老张\n撕口"
    place = Place.NONE
    fewest = most = 0
