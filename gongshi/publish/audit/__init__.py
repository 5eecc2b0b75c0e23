"""The audit: that nothing which is not public stands in any published byte (the third proof of a takedown).

A running server's audit is `gongshi.publish.audit.crawl`: its client is imported only where it asks.
"""

from __future__ import annotations

from gongshi.publish.audit.build import audit_build
from gongshi.publish.audit.gathering import gather
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.report import Finding, Report, Unread
from gongshi.publish.audit.whole import audit

__all__ = [
    "Finding",
    "Patterns",
    "Report",
    "Unread",
    "audit",
    "audit_build",
    "gather",
]
