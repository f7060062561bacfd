"""What a browser posts from Wagtail's editor."""

from wagtail.test.utils.form_data import nested_form_data, streamfield

STEP = {
    "do": "点右上角的小加号。",
    "look": "",
    "picture": {"screen": "标题栏 微信 | + *", "screenshot": "", "alt": "", "tap_x": "", "tap_y": ""},
    "caution": {"kind": "", "text": ""},
    "if_different": "",
    "recording": "",
    "variants": {"count": "0"},
}


def step_form(**values) -> tuple[str, dict]:
    """Return a step block as the editor posts it."""
    return "step", STEP | values


def lesson_form(*steps: tuple[str, dict], action: str = "", **values) -> dict:
    """Return a lesson's form; ``action`` is the button: "" saves a draft, "action-publish" publishes."""
    return (
        _form(action, {"steps": streamfield(steps), "questions": streamfield([])})
        | {
            "title": "微信扫一扫",
            "goal": "自己会扫。",
            "minutes": "15",
            "main_scenario": "scan-code",
        }
        | values
    )


def chapter_form(*blocks: tuple[str, object], action: str = "", **values) -> dict:
    """Return a chapter's form."""
    return (
        _form(action, {"body": streamfield(blocks), "questions": streamfield([])})
        | {
            "title": "扫码",
            "number": "4",
            "goal": "讲怎么扫。",
            "main_scenario": "",
        }
        | values
    )


def module_form(action: str = "", **values) -> dict:
    """Return a module's form."""
    words = {"title": "扫码", "goal": "会扫码。", "main_scenario": "scan-code", "intro": ""}
    return _form(action, {}) | words | values


def _form(action: str, streams: dict) -> dict:
    plain = {"slug": "", "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""}
    comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    nested = nested_form_data(streams) | {f"comments-{name}": value for name, value in comments.items()}
    return plain | nested | ({action: "1"} if action else {})
