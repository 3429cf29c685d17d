"""Who may ask: only the page that this server gave out, in the browser of whoever saw its address.

Three things keep everybody else away. The token in the address is known to no other user and no other page. The Host
must be this server's own, so that a name that somebody points at this machine (DNS rebinding) does not serve. And the
Origin, where a browser tells one, must be the page's own: what another page sends is refused even if it had the token.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from secrets import compare_digest

LARGEST_QUESTION = 256 * 1024
"""Bytes."""


@dataclass(frozen=True)
class Refusal:
    """A status, and why, in a word that tells an intruder nothing."""

    status: HTTPStatus
    why: str


@dataclass(frozen=True)
class Guard:
    """What a request must show."""

    port: int
    token: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which a browser on this machine may call the server."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def admitted(self, method: str, target: str, headers: Message) -> str | Refusal:
        """The path below the token, or why there is none."""
        host = _only(headers.get_all("Host"))
        if host not in self.hosts:
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, "not this host")
        path = target.partition("?")[0]
        _, _, rest = path.partition("/")
        token, slash, below = rest.partition("/")
        if not compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            return Refusal(HTTPStatus.FORBIDDEN, "not without the token in the address")
        if not slash:
            return Refusal(HTTPStatus.NOT_FOUND, "no such page")
        if (refusal := _from_elsewhere(method, below, host, headers)) is not None:
            return refusal
        return below


def _from_elsewhere(method: str, below: str, host: str | None, headers: Message) -> Refusal | None:
    """A refusal of what another page sent. Following a link to the page itself is no sending."""
    origins = headers.get_all("Origin", [])
    if any(origin != f"http://{host}" for origin in origins) or len(origins) > 1:
        return Refusal(HTTPStatus.FORBIDDEN, "not from another page")
    site = headers.get("Sec-Fetch-Site", "same-origin")
    follows_a_link = method == "GET" and not below and headers.get("Sec-Fetch-Dest", "document") == "document"
    if site not in ("same-origin", "none") and not follows_a_link:
        return Refusal(HTTPStatus.FORBIDDEN, "not from another page")
    if method == "POST" and not origins:
        return Refusal(HTTPStatus.FORBIDDEN, "not without an origin")
    if method == "POST" and headers.get_content_type() != "application/json":
        return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not in this form")
    return None


def length_of(headers: Message) -> int | Refusal:
    """How many bytes a question has."""
    told = _only(headers.get_all("Content-Length")) or ""
    if headers.get("Transfer-Encoding") or not (told.isascii() and told.isdecimal()):
        return Refusal(HTTPStatus.LENGTH_REQUIRED, "not without a length")
    if len(told) > 12 or int(told) > LARGEST_QUESTION:
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
    return int(told)


def _only(values: Sequence[str] | None) -> str | None:
    return values[0] if values and len(values) == 1 else None
