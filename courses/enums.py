"""The closed lists of classes: kinds of place, duties and what they allow, kinds of people."""

from enum import Enum, auto

from django.db.models import IntegerChoices, TextChoices


class AreaKind(TextChoices):
    """Levels of the administrative line. What is only like a town (工业区、度假区) may still run a school."""

    CITY = "city", "市"
    DISTRICT = "district", "区"
    SUBDISTRICT = "subdistrict", "街道"
    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    TOWNSHIP_LIKE = "township-like", "类乡级单位"


class OrganisationKind(TextChoices):
    """Levels of the guidance line, the highest first. What one calls itself is data (`Organisation.kind_name`)."""

    CITY = "city", "市级"
    COMMUNITY_COLLEGE = "community-college", "社区学院"
    COMMUNITY_SCHOOL = "community-school", "社区学校"
    LEARNING_SITE = "learning-site", "学习点"

    @property
    def level(self) -> int:
        """0 for the city, 3 for a learning site."""
        return list(OrganisationKind).index(self)


class Contact(TextChoices):
    """Whom one calls about an organisation: each has a name and a telephone number there."""

    RESPONSIBLE = "responsible", "责任人"
    OPERATOR = "operator", "专人"


class ExternalSystem(TextChoices):
    """Other systems that know our organisations under a number of theirs."""

    SERVICE_POINT = "service-point", "随申学 服务点"
    WELFARE_BASE = "welfare-base", "公益上海 公益基地"
    OTHER = "other", "其他"


class Duty(TextChoices):
    """What somebody does at an organisation. Class rights come from here, never from Django's groups."""

    CITY_MANAGER = "city-manager", "市级管理员"
    DISTRICT_MANAGER = "district-manager", "区级管理员"
    COLLEGE_STAFF = "college-staff", "社区学院教务"
    SCHOOL_STAFF = "school-staff", "社区学校教务"
    TEACHER = "teacher", "授课教师"
    VOLUNTEER = "volunteer", "志愿者"
    AUDITOR = "auditor", "审计"


class Right(Enum):
    """One thing a duty allows, inside the branch of its organisation."""

    SEE_ORGANISATIONS = auto()
    CHANGE_ORGANISATIONS = auto()
    CHANGE_AREAS = auto()
    MANAGE_ACCOUNTS = auto()
    SEE_PLACES = auto()
    CHANGE_PLACES = auto()
    SEE_PEOPLE = auto()
    CHANGE_PEOPLE = auto()
    SEE_LEARNERS = auto()
    CHANGE_LEARNERS = auto()
    REVEAL_PHONES = auto()
    SEE_CLASSES = auto()
    PLAN_CLASSES = auto()
    ENROL = auto()
    CALL_ROLL = auto()
    SEE_EVIDENCE = auto()
    LOCK_MONTHS = auto()
    CHANGE_PROGRAMME = auto()
    EXPORT = auto()
    SEE_AUDIT = auto()


class VenueKind(TextChoices):
    """Kinds of place where classes are held."""

    COMMUNITY_SCHOOL = "community-school", "社区学校"
    RESIDENTS_ROOM = "residents-room", "居村委活动室"
    LIBRARY = "library", "图书馆"
    CARE_HOME = "care-home", "养老机构"
    CULTURE_VENUE = "culture-venue", "文化场馆"
    BANK = "bank", "银行网点"
    HOSPITAL = "hospital", "医院、社区卫生服务中心"
    INFORMATION_POINT = "information-point", "信息苑、信息服务点"
    PRIVATE_HOME = "private-home", "老人家里"
    OTHER = "other", "其他"


class Weekday(IntegerChoices):
    """Days of the week as `date.isoweekday()` numbers them."""

    MONDAY = 1, "周一"
    TUESDAY = 2, "周二"
    WEDNESDAY = 3, "周三"
    THURSDAY = 4, "周四"
    FRIDAY = 5, "周五"
    SATURDAY = 6, "周六"
    SUNDAY = 7, "周日"


class HalfDay(TextChoices):
    """When somebody has time; noon divides the day."""

    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"
    EVENING = "evening", "晚上"


class TeachingRole(TextChoices):
    """Who stands in front of a class, and who goes from seat to seat."""

    TEACHER = "teacher", "授课教师"
    VOLUNTEER = "volunteer", "助学志愿者"


class QualificationKind(TextChoices):
    """What a teacher or volunteer has proved."""

    HANDBOOK_READ = "handbook-read", "读过服务手册"
    SAFETY_QUIZ = "safety-quiz", "通过安全小测验"
    TRAINING = "training", "参加过上岗培训"


class Sex(TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


class RunMode(TextChoices):
    """How a class is held."""

    ONSITE = "onsite", "线下"
    ONLINE = "online", "线上"
    HYBRID = "hybrid", "混合"
    RECORDED = "recorded", "录播"

    @property
    def needs_place(self) -> bool:
        """Somebody comes somewhere."""
        return self in {RunMode.ONSITE, RunMode.HYBRID}

    @property
    def needs_link(self) -> bool:
        """Somebody joins from home."""
        return self is not RunMode.ONSITE

    @property
    def is_joined_live(self) -> bool:
        """Somebody may sit at home while the teacher speaks: how long they stayed is put down."""
        return self in {RunMode.ONLINE, RunMode.HYBRID}

    @property
    def needs_teacher(self) -> bool:
        """A recording has its teacher inside."""
        return self is not RunMode.RECORDED


class RunKind(TextChoices):
    """A class with fixed learners over a term, or one session to which anybody drops in."""

    SERIES = "series", "学期班"
    SINGLE = "single", "单场"


class RunState(TextChoices):
    """Computed from dates and decisions, never stored (`CourseRun.state`)."""

    DRAFT = "draft", "草稿"
    SOON = "soon", "即将招生"
    OPEN = "open", "招生中"
    FULL = "full", "已满"
    RUNNING = "running", "已开班"
    ENDED = "ended", "已结束"
    CANCELLED = "cancelled", "已取消"


class Tongue(TextChoices):
    """What is spoken in class."""

    MANDARIN = "mandarin", "普通话"
    SHANGHAINESE = "shanghainese", "上海话"
    BOTH = "both", "普通话和上海话"


class SessionState(TextChoices):
    """Stored, because a person decides it. Whether a planned one was held, the roll call says."""

    PLANNED = "planned", "照常"
    CANCELLED = "cancelled", "取消了"
    # Found out afterwards: nobody taught, although nobody had cancelled it.
    NOT_HELD = "not-held", "没有上"


# What a class consists of: it begins with the first and ends with the last of these, whoever taught or did not.
ON_THE_PLAN = (SessionState.PLANNED, SessionState.NOT_HELD)


class SessionChangeKind(TextChoices):
    """What happened to a session after it was planned."""

    MOVED = "moved", "改时间或地点"
    CANCELLED = "cancelled", "取消"
    RESTORED = "restored", "恢复"
    TEACHER = "teacher", "换老师"
    MADE_UP = "made-up", "安排补课"
    NOT_HELD = "not-held", "没有上"


class FeedKind(TextChoices):
    """Whose sessions a calendar link shows."""

    PERSON = "person", "老师或志愿者"
    ROOM = "room", "教室"
    SCHOOL = "school", "机构和它下面的"


class EnrolmentState(TextChoices):
    """Where somebody stands with a class. Who is offered a seat holds it until they answer, or the offer ends."""

    CONFIRMED = "confirmed", "报上了"
    OFFERED = "offered", "轮到了，等回话"
    WAITLISTED = "waitlisted", "候补"
    CANCELLED = "cancelled", "取消了"
    DECLINED = "declined", "轮到了，不来"
    EXPIRED = "expired", "轮到了，没有回话"

    @property
    def is_live(self) -> bool:
        """Still wanted: at most one such enrolment for a learner and a class."""
        return self in LIVE_STATES

    @property
    def has_seat(self) -> bool:
        """Counts against the seats."""
        return self in SEATED_STATES


SEATED_STATES = (EnrolmentState.CONFIRMED, EnrolmentState.OFFERED)
LIVE_STATES = (*SEATED_STATES, EnrolmentState.WAITLISTED)


class EnrolledThrough(TextChoices):
    """How an enrolment came in."""

    WEB = "web", "网上"
    PHONE = "phone", "电话"
    DESK = "desk", "窗口"
    ROSTER = "roster", "名单"


class FilledBy(TextChoices):
    """Who filled in the form; a helper is asked whom to call."""

    SELF = "self", "我自己"
    HELPER = "helper", "家人或居委帮我填"


class EnrolmentEventKind(TextChoices):
    """What happened to an enrolment."""

    ENROLLED = "enrolled", "报名"
    OFFERED = "offered", "轮到"
    ACCEPTED = "accepted", "答应来"
    DECLINED = "declined", "说不来"
    EXPIRED = "expired", "没有回话"
    CANCELLED = "cancelled", "取消"
    RESTORED = "restored", "要回来"
    MOVED = "moved", "换班"
    PRIORITY = "priority", "改先后"
    MERGED = "merged", "合并重复的学员"
    WITHDRAWN = "withdrawn", "不同意了"


class MessageKind(TextChoices):
    """What people with an enrolment are told; the words are in `courses.rules.messages`."""

    SEAT = "seat", "报上了"
    WAITING = "waiting", "排上候补"
    OFFER = "offer", "轮到您了"
    OFFER_OVER = "offer-over", "没有回话，座位不留了"
    CANCELLED = "cancelled", "取消了报名"
    REMINDER = "reminder", "明天上课"
    MOVED = "moved", "上课改了"
    NO_SESSION = "no-session", "这次没有课"
    NO_CLASS = "no-class", "这个班不开了"


class MessageState(TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", "还没有发"
    CLAIMED = "claimed", "正在发"
    SENT = "sent", "发了"
    TO_CALL = "to-call", "要打电话"
    CALLED = "called", "打过电话了"
    DROPPED = "dropped", "不用发了"


class RecordKind(TextChoices):
    """What somebody came for. 帮办 is recorded apart and never counts towards the programme (design.md §5, R6)."""

    TRAINING = "training", "培训"
    ASSISTANCE = "assistance", "帮办"


class AttendanceState(TextChoices):
    """What the roll says of somebody in a session."""

    PRESENT = "present", "到了"
    LATE = "late", "迟到"
    LEFT_EARLY = "left-early", "早退"
    ABSENT = "absent", "没来"
    EXCUSED = "excused", "请假"
    # For who was put down by mistake: as if there were no row.
    STRUCK = "struck", "划掉"


# Who came to the session, for however long.
CAME = (AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.LEFT_EARLY)


class RecordedHow(TextChoices):
    """How an attendance came to be put down."""

    LIST = "list", "点名"
    QR = "qr", "扫码"
    CARD = "card", "号码牌"
    PAPER = "paper", "纸质签到表"
    IMPORT = "import", "导入"
    ONLINE = "online", "线上"


class TallyLevel(TextChoices):
    """Whose total it is. A branch is an organisation with everything it guides."""

    CITY = "city", "全市"
    DISTRICT = "district", "区"
    BRANCH = "branch", "机构"


class Mastery(TextChoices):
    """How somebody left a lesson."""

    ALONE = "alone", "自己会了"
    HELPED = "helped", "要人帮"
    NOT_YET = "not-yet", "没学会"
