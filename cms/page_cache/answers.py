"""An answer that is kept: its bytes, compressed once for each way browsers ask, and its mark."""

import gzip
import hashlib
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]

# One number for one request, and what is worked out anew for each form.
NOT_KEPT = {"x-request-id", "content-length", "etag", "date"}
NEVER_WITH = {"set-cookie", "content-encoding"}
KNOWN_VARY = {"cookie", "accept-encoding"}
SENT_WITH_304 = {"cache-control", "vary", "etag"}
COMPRESSIBLE = ("text/", "image/svg", "application/json", "application/xml", "application/manifest")
# Below this, compressing makes it longer.
SHORT = 200


def may_be_kept(status: str, headers: Headers) -> bool:
    """True for a plain 200 that is nobody's own; the last word, whatever a view said."""
    said = {name.lower(): value.lower() for name, value in headers}
    control = said.get("cache-control", "")
    vary = {name.strip() for name in said.get("vary", "").split(",") if name.strip()}
    return (
        status.startswith("200")
        and not NEVER_WITH & said.keys()
        and "private" not in control
        and "no-store" not in control
        and vary <= KNOWN_VARY
    )


class Answer:
    """A page as it goes out. ``version`` is the content version read before it was drawn."""

    __slots__ = (
        "_compressible",
        "_forms",
        "_headers",
        "_unchanged",
        "body",
        "etag",
        "read",
        "since",
        "version",
    )

    def __init__(self, version: Hashable, since: float, headers: Headers, body: bytes) -> None:
        self.version = version
        self.since = since
        self.body = body
        self.read = False
        # Weak: the same mark stands for each compressed form.
        self.etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        plain = [(name, value) for name, value in headers if name.lower() not in NOT_KEPT]
        self._headers = [*_varying(plain), ("ETag", self.etag)]
        self._compressible = len(body) >= SHORT and _content_type(plain).startswith(COMPRESSIBLE)
        self._unchanged = [pair for pair in self._headers if pair[0].lower() in SENT_WITH_304]
        self._forms: dict[str, tuple[Headers, bytes]] = {}

    @property
    def size(self) -> int:
        """About how much memory it takes; the compressed forms are not longer than the plain one together."""
        return 2 * len(self.body) + 2048

    def send(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer a request with it: with 304 when the browser has it already."""
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", self._unchanged.copy())
            return []
        headers, body = self._form(environ.get("HTTP_ACCEPT_ENCODING", ""))
        start_response("200 OK", headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _form(self, accepted: str) -> tuple[Headers, bytes]:
        coding = best_coding(accepted) if self._compressible else ""
        form = self._forms.get(coding)
        if form is None:
            body = compress(coding, self.body)
            length = [("Content-Length", str(len(body)))]
            form = [*self._headers, *([("Content-Encoding", coding)] if coding else []), *length], body
            self._forms[coding] = form
        return form


def _content_type(headers: Headers) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def _varying(headers: Headers) -> Headers:
    """Return the headers saying that the form depends on what the browser accepts."""
    said = next((value for name, value in headers if name.lower() == "vary"), "")
    names = [name.strip() for name in said.split(",") if name.strip()]
    if "accept-encoding" not in [name.lower() for name in names]:
        names.append("Accept-Encoding")
    return [pair for pair in headers if pair[0].lower() != "vary"] + [("Vary", ", ".join(names))]


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """Return ``br``, ``gzip`` or "" for an Accept-Encoding header."""
    wanted = set()
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if weight.replace(" ", "").removeprefix("q=").rstrip("0.") or not weight:
            wanted.add(coding.strip())
    return next((coding for coding in ("br", "gzip") if coding in wanted), "")


def compress(coding: str, body: bytes) -> bytes:
    """Return the body in this form; levels that cost about as much as they will save within a few readers."""
    if coding == "br":
        return brotli.compress(body, quality=5)
    return gzip.compress(body, compresslevel=6, mtime=0) if coding == "gzip" else body
