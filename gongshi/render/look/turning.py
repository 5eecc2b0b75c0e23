"""How the slides of a screen in a hall turn: by the style sheet, without a script.

As many rules as a page may have slides: each is shown for SECONDS, one after the other, for ever.
"""

from __future__ import annotations

SECONDS = 15
"""How long a slide is shown: long enough to be read by somebody who reads slowly."""
ROUND = 600
"""Seconds after which a screen is asked for again (the response header Refresh; query.static, deploy/nginx): what was
taken down is gone from it ten minutes after the rebuild."""
MOST = ROUND // SECONDS
"""Slides of one page: each is shown at least once before the page is asked for again."""


def css() -> str:
    """The rules of a page with 2 to MOST slides; `body` has the class of-<slides>."""
    rounds = (
        f"@keyframes of-{count}{{0%{{visibility:visible}}{100 / count:.4f}%,100%{{visibility:hidden}}}}"
        f".of-{count} section{{animation:of-{count} {count * SECONDS}s step-end infinite}}"
        for count in range(2, MOST + 1)
    )
    delays = (f"section:nth-child({at + 1}){{animation-delay:{at * SECONDS}s}}" for at in range(1, MOST))
    return "".join((*rounds, *delays))
