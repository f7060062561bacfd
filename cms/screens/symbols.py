"""Signs for apps and menu entries, on a grid of 32. General things only, never the mark of a brand.

To add one: draw it in SHAPES (solid areas in `fill`, cut-outs by the even-odd rule; lines in `line`), then
list the names people know it by in _KNOWN_AS. A name that is not there gets the neutral sign.
"""

from dataclasses import dataclass

from .canvas import Canvas
from .pen import join


@dataclass(frozen=True)
class Symbol:
    """One sign: its solid areas, its lines, and how thick those are."""

    fill: str = ""
    line: str = ""
    thick: float = 3


def _dot(x: float, y: float, r: float) -> str:
    """A circle as a path."""
    return f"M{x:g} {y - r:g}a{r:g} {r:g} 0 1 0 .1 0z"


_BUBBLES = (
    "M12 4C6 4 1 8 1 13c0 3 2 5 4 7l-1 5 5-3c8 1 14-3 14-9 0-5-5-9-11-9z"
    "M26 14c0 7-6 11-12 11 3 3 7 4 11 3l5 2-1-4c3-4 3-9-3-12z"
)
_PAPER = "M6 3h20v26H6z"
_CALENDAR = "M3 6h26v23H3zM7 13v12h18V13z"
_VEHICLE = "M5 5c0-3 22-3 22 0v21H5zM8 8v9h16V8z"
_SHIELD = "M16 2l12 4v9c0 8-5 13-12 16C9 28 4 23 4 15V6z"
_PERSON = _dot(13, 9, 6) + "M2 28c0-15 22-15 22 0z"

SHAPES = {
    "neutral": Symbol("M5 5h9v9H5zM18 5h9v9h-9zM5 18h9v9H5zM18 18h9v9h-9z"),
    "camera": Symbol("M2 9h7l3-4h8l3 4h7v18H2z" + _dot(16, 17.5, 6)),
    "message": Symbol("M3 5h26v18H14l-7 6v-6H3z"),
    "bubbles": Symbol(_BUBBLES),
    "call": Symbol("M8 3l6 8-3 4c1 3 4 6 7 7l4-3 7 6c-1 3-4 5-7 5C13 29 4 18 3 10c0-3 2-6 5-7z"),
    "video": Symbol("M2 8h19v16H2zM23 14l7-5v14l-7-5z"),
    "picture": Symbol("M2 5h28v22H2zM6 23h20l-7-10-5 6-3-3z" + _dot(10, 11, 2)),
    "sheet": Symbol(_PAPER + "M10 9v2.5h12V9zM10 15v2.5h12V15zM10 21v2.5h7V21z"),
    "gear": Symbol(
        "", "M16 3v4M16 25v4M3 16h4M25 16h4M7 7l3 3M22 22l3 3M7 25l3-3M22 10l3-3" + _dot(16, 16, 7.5), 5
    ),
    "pin": Symbol("M16 2C9 2 5 7 5 12c0 8 11 18 11 18s11-10 11-18c0-5-4-10-11-10z" + _dot(16, 12, 4)),
    "sun": Symbol(_dot(16, 16, 7), "M16 2v3M16 27v3M2 16h3M27 16h3M6 6l2 2M24 24l2 2M6 26l2-2M24 8l2-2"),
    "wallet": Symbol("M3 6h22v4h4v17H3zM20 15v6h9v-6z"),
    "yuan": Symbol(
        _dot(16, 16, 14) + "M10 8l4 6h-3v2h3.5v2H11v2h3.5v5h3v-5H21v-2h-3.5v-2H21v-2h-3l4-6h-3l-3 5-3-5z"
    ),
    "calendar": Symbol(_CALENDAR + "M8 2h4v4H8zM20 2h4v4h-4zM10 16h5v5h-5z"),
    "clock": Symbol(_dot(16, 16, 13) + "M14.5 8v9.5l6 4 2-2-5-3V8z"),
    "folder": Symbol("M2 6h11l3 4h14v17H2z"),
    "globe": Symbol("", _dot(16, 16, 12.5) + "M4 16h24M16 4c-7 8-7 16 0 24 7-8 7-16 0-24"),
    "shop": Symbol("M4 10h24l2 19H2z", "M11 13V8c0-6 10-6 10 0v5"),
    "torch": Symbol("M9 3h14v6l-4 6v14h-6V15L9 9zM14.5 17v4h3v-4z"),
    "shield": Symbol(_SHIELD + "M14.5 20l8-8-2-2-6 6-3-3-2 2z"),
    "health": Symbol(
        "M16 29C5 21 2 16 2 11c0-7 10-9 14-2 4-7 14-5 14 2 0 5-3 10-14 18zM14 11v4h-4v4h4v4h4v-4h4v-4h-4v-4z"
    ),
    "cart": Symbol("M7 8h23l-4 12H10z" + _dot(12, 26, 3) + _dot(24, 26, 3), "M2 4h4l4 16"),
    "note": Symbol(_dot(9, 24, 5) + _dot(24, 21, 5), "M13 24V7l14-3v17", 3.5),
    "bus": Symbol(_VEHICLE + "M9 20v3h4v-3zM19 20v3h4v-3zM7 27h5v4H7zM20 27h5v4h-5z"),
    "train": Symbol(_VEHICLE + _dot(11, 21.5, 2) + _dot(21, 21.5, 2), "M10 27l-4 4M22 27l4 4"),
    "car": Symbol("M7 6h18l3 8h2v12H2V14h2zM9 9l-2 5h18l-2-5zM6 18v3h4v-3zM22 18v3h4v-3z"),
    "plane": Symbol("M14 3c0-3 4-3 4 0v9l12 7v3l-12-4v7l4 3v2l-6-2-6 2v-2l4-3v-7L2 22v-3l12-7z"),
    "bank": Symbol("M16 2l13 8v3H3v-3zM5 15h5v9H5zM13.5 15h5v9h-5zM22 15h5v9h-5zM3 26h26v4H3z"),
    "scan": Symbol("", "M3 11V4h7M22 4h7v7M29 21v7h-7M10 28H3v-7M2 16h28", 3.2),
    "code": Symbol(
        "M3 3h11v11H3zM6 6v5h5V6zM18 3h11v11H18zM21 6v5h5V6zM3 18h11v11H3zM6 21v5h5v-5z"
        "M18 18h4v4h-4zM25 25h4v4h-4zM25 18h4v3h-4zM18 26h4v3h-4z"
    ),
    "person": Symbol(_dot(16, 9, 6.5) + "M4 29c0-17 24-17 24 0z"),
    "person-plus": Symbol(_PERSON, "M26 10v10M21 15h10"),
    "people": Symbol(
        _dot(11, 10, 5.5) + _dot(23, 11, 4.5) + "M1 27c0-14 20-14 20 0zM23 27c0-5-1-7-3-9 6-2 11 1 11 9z"
    ),
    "book": Symbol("M2 5c6-1 10 0 13 3v20c-3-3-7-4-13-3zM30 5c-6-1-10 0-13 3v20c3-3 7-4 13-3z"),
    "mail": Symbol("M2 7h28v19H2zM5 9.5l11 9 11-9-2-1-9 7-9-7z"),
    "play": Symbol(_dot(16, 16, 14) + "M12 9v14l11-7z"),
    "tv": Symbol("M2 5h28v19H2zM13 9v11l8-5.5zM9 26h14v3H9z"),
    "sums": Symbol(_PAPER + "M9 6v5h14V6zM9 15v3h4v-3zM19 15v3h4v-3zM9 22v3h4v-3zM19 22v3h4v-3z"),
    "voice": Symbol("M11 7a5 5 0 0 1 10 0v8a5 5 0 0 1-10 0z", "M6 15c0 13 20 13 20 0M16 25v4M11 30h10"),
    "sound": Symbol("M3 12h6l8-7v22l-8-7H3z", "M22 11q4 5 0 10M26 7q8 9 0 18"),
    "lock": Symbol("M5 14h22v16H5zM14.5 19v6h3v-6z", "M10 14V9c0-8 12-8 12 0v5", 3.5),
    "star": Symbol("M16 2l4 10 10 1-8 7 3 10-9-6-9 6 3-10-8-7 10-1z"),
    "news": Symbol("M3 4h26v24H3zM7 8v7h8V8zM18 9v2.5h7V9zM18 14v2.5h7V14zM7 19v2.5h18V19zM7 24v2h18v-2z"),
    "home": Symbol("M16 3l14 13h-4v13h-7v-8h-6v8H6V16H2z"),
    "drop": Symbol("M16 2c5 7 10 12 10 18a10 10 0 0 1-20 0c0-6 5-11 10-18z"),
    "bolt": Symbol("M18 2L6 18h8l-3 12 15-18h-9z"),
    "flame": Symbol(
        "M17 2c2 7 10 11 10 18 0 6-5 10-11 10S5 26 5 20c0-4 3-6 4-10 2 1 3 3 3 5 4-3 5-8 5-13z"
        "M16 18c-3 3-4 5-4 7 0 3 8 3 8 0 0-2-2-4-4-7z"
    ),
    "bowl": Symbol("M2 16h28c0 7-4 10-8 12H10c-4-2-8-5-8-12z", "M11 12V7M16 12V4M21 12V7"),
    "box": Symbol("M2 9l14-6 14 6v15l-14 6-14-6zM6 11l10 4 10-4-10-4z"),
    "find": Symbol("", _dot(14, 14, 9) + "M21 21l8 8", 4.5),
    "bell": Symbol("M16 3c7 0 9 5 9 11 0 5 1 7 4 10H3c3-3 4-5 4-10C7 8 9 3 16 3zM12 26h8c0 5-8 5-8 0z"),
    "wifi": Symbol(_dot(16, 25, 3), "M4 13q12-11 24 0M9 19q7-6 14 0", 3.5),
    "helper": Symbol("M2 17h7v10H2zM23 17h7v10h-7z", "M5 17C5 1 27 1 27 17M27 27c0 3-5 3-8 3", 3.5),
    "pen": Symbol("M4 22L22 4l6 6L10 28l-8 2z"),
    "share": Symbol(_dot(24, 7, 4.5) + _dot(7, 16, 4.5) + _dot(24, 25, 4.5), "M24 7L7 16l17 9"),
    "steps": Symbol(_dot(18, 5, 3.5), "M17 11l-2 9 6 4v6M15 20l-5 9M9 17l4-5 4-1 3 5h5", 3.5),
    "hands": Symbol("", "M2 9l8 2 6-3 8 2 6-2M2 21l5 1 8 6 9-7 6-1M16 8l-5 7c3 3 6 0 8-2l6 7", 3.2),
}

_KNOWN_AS = {
    "camera": "相机 照相机 拍照 拍摄 照相",
    "message": "短信 信息 消息 短消息",
    "bubbles": "微信 聊天 发起群聊 群聊 朋友圈 发消息 qq",
    "call": "电话 拨号 打电话 语音通话 通话",
    "video": "视频通话 腾讯会议 会议 视频会议 钉钉 语音或视频通话 音视频通话",
    "picture": "相册 图库 照片 图片 从相册选取",
    "sheet": "随申办 备忘录 便签 记事本 订单 挂号 办事 健康自查 我的订单 文档",
    "gear": "设置 系统设置 手机设置",
    "pin": "地图 高德地图 百度地图 腾讯地图 导航 位置",
    "sun": "天气 亮度 显示和亮度 显示",
    "wallet": "钱包 支付宝 付款 卡包 收付款 付钱 零钱",
    "yuan": "缴费 生活缴费 转账 红包 收款 手机充值 充值 话费",
    "calendar": "日历 日程 预约",
    "clock": "时钟 闹钟 钟表 时间 历史",
    "folder": "文件 文件管理 文件夹 我的文件",
    "globe": "浏览器 上网 网页 百度 自带浏览器",
    "shop": "应用市场 应用商店 软件商店 商店 app store 应用宝",
    "torch": "手电筒 手电",
    "shield": "国家反诈中心 手机管家 安全 反诈 防骗 安全中心",
    "health": "健康 健康码 随申码 医保 健康云 就医 医院 紧急呼叫 电子医保卡",
    "cart": "购物 淘宝 拼多多 京东 购物车 买菜 叮咚买菜 天猫",
    "note": "音乐 听歌 qq音乐 唱歌 戏曲 全民k歌",
    "bus": "公交 公共交通 乘车码 上海公交 公交车",
    "train": "地铁 大都会 metro大都会 火车票 铁路12306 12306 火车",
    "car": "打车 滴滴出行 叫车 申程出行 滴滴 出租车",
    "plane": "飞机 机票 航班 飞行模式",
    "bank": "银行 手机银行 银行卡",
    "scan": "扫一扫 扫码 扫描 扫",
    "code": "二维码 付款码 亮码 我的二维码 出示 健康码二维码",
    "person": "我 我的 个人中心 通讯录 联系人 朋友 老人 账号",
    "person-plus": "添加朋友 加好友 添加 新朋友",
    "people": "家人 亲友 群 班级群 亲属 家庭 通讯录好友 志愿者",
    "book": "学习 看书 读书 课程 手册 随申学堂 图书馆 老年大学",
    "mail": "邮件 邮箱 信箱",
    "play": "视频 抖音 快手 看视频 视频号 播放",
    "tv": "电视 看电视 腾讯视频 爱奇艺 优酷 央视频",
    "sums": "计算器 算账",
    "voice": "录音 语音 录音机 语音输入 说话",
    "sound": "声音 音量 喜马拉雅 听书 收音机 声音和振动 广播",
    "lock": "密码 锁屏 隐私 密码锁 手机锁",
    "star": "收藏 我的收藏 小程序 评价",
    "news": "新闻 报纸 今日头条 看新闻 学习强国",
    "home": "首页 家 主页 养老 居家 社区",
    "drop": "水费 交水费",
    "bolt": "电费 交电费 电池 省电",
    "flame": "燃气费 煤气费 燃气",
    "bowl": "美食 外卖 美团 饿了么 吃饭 助餐",
    "box": "快递 菜鸟 包裹 寄快递 取件",
    "find": "搜索 查找 搜一搜 查询 放大镜",
    "bell": "通知 提醒 闹铃",
    "wifi": "wi-fi 无线网 无线网络 wlan 网络 流量",
    "helper": "客服 12345 市民热线 帮助 人工客服 在线客服",
    "pen": "写 编辑 签名 修改",
    "share": "分享 转发 发送",
    "steps": "步数 运动 微信运动 走路",
    "hands": "志愿服务 公益 互助",
}
NAMES = {name: shape for shape, names in _KNOWN_AS.items() for name in names.split()}
NAMES["app store"] = "shop"


def symbol(name: str) -> Symbol:
    """The sign for a name; the neutral one for a name we do not know."""
    return SHAPES[NAMES.get(name.strip().lower(), "neutral")]


def draw_symbol(canvas: Canvas, name: str, x: float, y: float, colour: str, scale: float = 1) -> None:
    """Draw the sign with its upper left corner at x, y."""
    sign = symbol(name)
    move = f"translate({x:g} {y:g})" + (f"scale({join((scale,)).strip()})" if scale != 1 else "")
    if sign.fill:
        canvas.fill(sign.fill, colour, transform=move)
    if sign.line:
        canvas.stroke(
            sign.line,
            colour,
            sign.thick,
            transform=move,
            stroke_linejoin="round",
            stroke_linecap=None if sign.thick == 5 else "round",
        )
