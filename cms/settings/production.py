"""Production, by environment variables only; `docs/` names each of them.

A missing or unusable variable stops the start with its name.
"""

from cms.settings import env
from cms.settings.base import *  # noqa: F403
from cms.settings.base import PUBLIC_URL

DEBUG = False
DEMO_LOGINS = False
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1)
SERVE_UPLOADS = env.flag("SERVE_UPLOADS")
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")
PERSONAL_DATA_KEYS = env.secrets("PERSONAL_DATA_KEYS")
PERSONAL_HASH_KEY = env.secret("PERSONAL_HASH_KEY")
VOUCHER_KEY = env.secret("VOUCHER_KEY")
ATTENDANCE_KEY = env.secret("ATTENDANCE_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or [env.text("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Another default than on a developer's machine, where demo log-ins are to stay simple.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", True)

# nginx ends TLS and sets this header itself, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
