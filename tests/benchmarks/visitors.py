"""People who come from outside, all at once: each a connection of its own, an address of its own, a form of its own."""

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 300
COOKIE = re.compile(r"^set-cookie: *(voucher=[^;]+)", re.IGNORECASE | re.MULTILINE)
VOUCHER = re.compile(r'data-voucher="(\d{8})"')
# The cookie and the form's field must be the same: whoever sends both may choose it.
CSRF = "x" * 32


@dataclass
class Visitor:
    """Somebody who enrols, and what they have in their hands afterwards."""

    number: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    cookie: str = ""
    voucher: str = ""

    @property
    def phone(self) -> str:
        return f"137{self.number:08}"

    @property
    def address(self) -> str:
        return f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"

    @property
    def form(self) -> dict[str, str]:
        """What they type."""
        who = {"name": "王秀兰", "phone": self.phone, "birth_year": "1950"}
        return who | {"filled_by": "self", "consent": "on", "token": self.token}

    async def enrol(self, port: int, code: str) -> str:
        """Send the form; return "enrolled", "refused", or what else came: a status, or that nothing came."""
        status, text = await self.ask(port, f"/classes/{code}/enrol/", self.form)
        if status == 303 and (cookie := COOKIE.search(text)):
            self.cookie = cookie.group(1)
            return "enrolled"
        return {422: "refused", 0: "nothing came"}.get(status, f"status {status}")

    async def see(self, port: int, code: str = "") -> str:
        """Look at the voucher, and find it again by its number; return "found" or what went wrong."""
        status, page = await self.ask(port, "/enrolments/mine/")
        if status != 200 or not (shown := VOUCHER.search(page)):
            return f"no voucher, status {status}"
        self.voucher = shown.group(1)
        status, answer = await self.ask(
            port, "/enrolments/", {"voucher": self.voucher, "proof": self.phone[-4:]}
        )
        return "found" if status == 303 and COOKIE.search(answer) else f"not found, status {status}"

    async def cancel(self, port: int, code: str = "") -> str:
        """Cancel; return "cancelled" or what went wrong."""
        status, _ = await self.ask(port, "/enrolments/mine/cancel/", {"csrfmiddlewaretoken": CSRF})
        return "cancelled" if status == 303 else f"status {status}"

    async def ask(self, port: int, path: str, form: dict | None = None) -> tuple[int, str]:
        """Return status and answer; 0 when the line was cut."""
        body = urlencode(form or {})
        head = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Connection: close",
            f"X-Forwarded-For: {self.address}",
            f"Cookie: csrftoken={CSRF}; {self.cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
                answer = (await reader.read()).decode(errors="replace")
                writer.close()
        except (OSError, TimeoutError):
            return 0, ""
        return int(answer[9:12]) if answer.startswith("HTTP/1.1 ") else 0, answer


async def all_at_once(
    does: Iterable[Callable[[], Awaitable[str]]], *, seen: Callable[[str], None] = lambda outcome: None
) -> Counter[str]:
    """Let everybody begin in the same moment; return how often what came of it. ``seen`` hears each as it comes."""

    async def one(do: Callable[[], Awaitable[str]]) -> str:
        outcome = await do()
        seen(outcome)
        return outcome

    return Counter(await asyncio.gather(*(one(do) for do in does)))
