"""The supervisor's report: what each department owes, did in time, late or not at all, as counts and as text."""

from __future__ import annotations

from gongshi.lifecycle.report.counting import report

__all__ = ["report"]
