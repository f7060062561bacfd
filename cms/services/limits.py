"""How often somebody without an account may do something. Counted in the cache that all processes share."""

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def within_limit(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count once more; return whether ``who`` did ``what`` at most ``most`` times in ``seconds`` from the first.

    Only a keyed hash of ``who`` is kept, and only for that long.
    """
    key = _key(what, who)
    if cache.add(key, 1, seconds):
        return most >= 1
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two lines: a new count begins with the next time.
        return True


def is_used_up(what: str, who: str, *, most: int) -> bool:
    """True when ``who`` did ``what`` as often as they may; asking counts nothing."""
    return cache.get(_key(what, who), 0) >= most


def sender(request) -> str:
    """Return the address a request came from: behind proxies of ours, what the outermost of them put down.

    A client may write anything in front of that.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(hops) >= proxies and hops[-proxies]:
        return hops[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def _key(what: str, who: str) -> str:
    return f"limit:{what}:{salted_hmac(f'limit:{what}', who).hexdigest()[:32]}"
