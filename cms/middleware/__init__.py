"""What happens to every request: `requests` looks at what is asked, `staff` at who asks, `busy` at who waits."""

from cms.middleware.busy import BusyMiddleware
from cms.middleware.requests import (
    CompressionMiddleware,
    ContentPolicyMiddleware,
    RefusalMiddleware,
    RequestGuardMiddleware,
    RequestLogMiddleware,
    loggable_path,
)
from cms.middleware.staff import IdleMiddleware, SecondFactorMiddleware

__all__ = [
    "BusyMiddleware",
    "CompressionMiddleware",
    "ContentPolicyMiddleware",
    "IdleMiddleware",
    "RefusalMiddleware",
    "RequestGuardMiddleware",
    "RequestLogMiddleware",
    "SecondFactorMiddleware",
    "loggable_path",
]
