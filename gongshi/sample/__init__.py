"""Synthetic data, realistic to the field standard, at any size: for tests, benchmarks and demonstrations.

Nothing in it is true: persons and companies are invented, identity numbers carry a wrong check digit.
"""

from __future__ import annotations

from gongshi.sample.generate import Summary, generate

__all__ = ["Summary", "generate"]
