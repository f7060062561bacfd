"""The closed lists of the project: scenarios, kinds of phone, of caution, of handbook, of what is put down."""

from django.db.models import TextChoices


class Scenario(TextChoices):
    """The ten application scenarios of the 2021 city plan, in its order. The value is the page's slug."""

    HEALTHCARE = "healthcare", "就医"
    TRANSPORT = "transport", "出行"
    SHOW_CODE = "show-code", "亮码"
    SCAN_CODE = "scan-code", "扫码"
    CHAT = "chat", "聊天"
    BILLS = "bills", "缴费"
    SHOPPING = "shopping", "购物"
    LEISURE = "leisure", "文娱"
    PHONE = "phone", "用机"
    SAFETY = "safety", "安全"

    @property
    def prefix(self) -> str:
        """The letters a lesson's stable code starts with, e.g. ``SCAN`` in ``SCAN-2``."""
        return _CODE_PREFIX[self]

    @property
    def position(self) -> int:
        """Place on the thumb index, 1 at the top."""
        return list(Scenario).index(self) + 1


_CODE_PREFIX = {
    Scenario.HEALTHCARE: "MED",
    Scenario.TRANSPORT: "TRA",
    Scenario.SHOW_CODE: "SHOW",
    Scenario.SCAN_CODE: "SCAN",
    Scenario.CHAT: "CHAT",
    Scenario.BILLS: "BILL",
    Scenario.SHOPPING: "SHOP",
    Scenario.LEISURE: "FUN",
    Scenario.PHONE: "PHONE",
    Scenario.SAFETY: "SAFE",
}


class PhoneKind(TextChoices):
    """The three kinds of phone a step can differ on."""

    ANDROID = "android", "安卓"
    APPLE = "apple", "苹果"
    HARMONY = "harmony", "鸿蒙"


class CautionKind(TextChoices):
    """The three things a reader is warned about; each has its own sign and heading."""

    MONEY = "money", "钱"
    PRIVACY = "privacy", "隐私"
    SCAM = "scam", "防骗"

    @property
    def heading(self) -> str:
        """The words printed above the caution."""
        return _CAUTION_HEADING[self]


_CAUTION_HEADING = {
    CautionKind.MONEY: "要付钱时，停一停",
    CautionKind.PRIVACY: "这些不告诉人",
    CautionKind.SCAM: "这是骗子常用的话",
}


class HandbookKind(TextChoices):
    """The two books: one for seniors, one for the volunteers who help them."""

    SENIORS = "seniors", "老年人智能技术运用手册"
    VOLUNTEERS = "volunteers", "志愿者服务手册"

    @property
    def code_prefix(self) -> str:
        """The letter a chapter's stable code starts with: ``H-4``, ``S-5``."""
        return "H" if self is HandbookKind.SENIORS else "S"

    @property
    def slug(self) -> str:
        """The book's fixed public address."""
        return "handbook" if self is HandbookKind.SENIORS else "service-handbook"

    @property
    def short_label(self) -> str:
        """What the book is called where there is little room."""
        return "手册" if self is HandbookKind.SENIORS else "服务手册"


class TextSize(TextChoices):
    """Reader's text sizes; the root font is 20, 24 or 30 px."""

    STANDARD = "standard", "标准"
    LARGE = "large", "大字"
    EXTRA = "extra", "特大字"


class Contrast(TextChoices):
    """Reader's colour scheme."""

    STANDARD = "standard", "平常"
    HIGH = "high", "高对比"


class FeedbackKind(TextChoices):
    """The two things a reader can tell about a step with one tap."""

    DIFFERENT = "different", "我的手机不一样"
    UNCLEAR = "unclear", "没看懂"


class PackageDirection(TextChoices):
    """A content package comes in or goes out."""

    IMPORT = "import", "装入"
    EXPORT = "export", "导出"


class TaskState(TextChoices):
    """How far a task in the background is."""

    WAITING = "waiting", "排队"
    RUNNING = "running", "在做"
    DONE = "done", "做好了"
    FAILED = "failed", "没做成"


class AuditVerb(TextChoices):
    """What the audit table puts down."""

    LOGGED_IN = "logged-in", "登录"
    LOGGED_OUT = "logged-out", "退出"
    LOG_IN_FAILED = "log-in-failed", "登录没成功"
    LOCKED_OUT = "locked-out", "登录被锁"
    PASSWORD_SET = "password-set", "设了密码"
    SECOND_FACTOR_SET = "second-factor-set", "设好动态码"
    SECOND_FACTOR_GIVEN = "second-factor-given", "填对动态码"
    SECOND_FACTOR_FAILED = "second-factor-failed", "动态码没填对"
    SECOND_FACTOR_DROPPED = "second-factor-dropped", "取消动态码"
    REFUSED = "refused", "没有权限，被拒"
    CREATED = "created", "新建"
    CHANGED = "changed", "修改"
    DELETED = "deleted", "删除"
    REVEALED = "revealed", "看了全号"
    VIEWED = "viewed", "看了照片"
    EXPORTED = "exported", "导出"
    IMPORTED = "imported", "导入"
    PRINTED = "printed", "打印"
    MERGED = "merged", "合并"
    ERASED = "erased", "按本人要求删除"
    INVITED = "invited", "发了登录单"
    DISABLED = "disabled", "停用"
    ENABLED = "enabled", "恢复"
    ROLES_CHANGED = "roles-changed", "改了网站角色"
    DUTY_GIVEN = "duty-given", "给了职责"
    DUTY_ENDED = "duty-ended", "收回职责"
    SWITCHED = "switched", "换了身份"
