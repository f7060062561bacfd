"""How a reader wants to see the pages, kept in one cookie that holds nothing personal."""

from dataclasses import asdict, dataclass

from cms.enums import Contrast, PhoneKind, TextSize

COOKIE = "display"
COOKIE_AGE = 365 * 24 * 60 * 60
# Asked with every request, before anything else; an enum makes such a list anew each time.
SIZES, CONTRASTS, PHONES = map(frozenset, (TextSize.values, Contrast.values, PhoneKind.values))


@dataclass(frozen=True)
class Display:
    """A reader's choices; ``phone`` is empty until one was picked."""

    size: str = TextSize.STANDARD.value
    contrast: str = Contrast.STANDARD.value
    phone: str = ""

    @classmethod
    def of(cls, request) -> "Display":
        """Return the choices a request carries."""
        return cls.chosen(request.COOKIES.get(COOKIE, ""), request.GET.get("phone", ""))

    @classmethod
    def chosen(cls, cookie: str, phone: str) -> "Display":
        """Return the choices in a cookie; a phone in the address wins over the one remembered."""
        display = cls.from_cookie(cookie)
        if phone in PHONES:
            return cls(display.size, display.contrast, phone)
        return display

    @classmethod
    def from_cookie(cls, cookie: str) -> "Display":
        """Read ``size.contrast.phone``; whatever is not one of ours falls back to the default."""
        size, contrast, phone = ([*cookie.split("."), "", "", ""])[:3]
        return cls(
            size if size in SIZES else TextSize.STANDARD.value,
            contrast if contrast in CONTRASTS else Contrast.STANDARD.value,
            phone if phone in PHONES else "",
        )

    def as_cookie(self) -> str:
        """Return the value to keep."""
        return f"{self.size}.{self.contrast}.{self.phone}"

    def as_dict(self) -> dict[str, str]:
        """Return the choices by name, for a form's first values."""
        return asdict(self)
