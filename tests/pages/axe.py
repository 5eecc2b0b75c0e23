"""axe-core on an open page: the rules of WCAG 2.2 AA and what else axe calls good practice, no request made for it.

The rules come out of the wheel and are evaluated over the browser's own line, so that the page's policy stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python

_RULES = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
LOOK = {"type": "rule", "values": [*COLOURS["values"], *SIZES["values"]]}
"""The rules whose verdict hangs on the colours or the sizes of a look: of the same page no other can change with it."""
ROWS = 3
"""Of a long table or list so many rows are looked at: an odd one, an even one, and the next; the soak looks at all."""
_SHORTENED = """
(rows) => document.querySelectorAll(`main tbody tr:nth-child(n+${rows + 1}), main li:nth-child(n+${rows + 1})`)
  .forEach((one) => one.remove())
"""
_WITHOUT_FRAME = """
() => axe.configure({rules: ["color-contrast", "target-size"].map((id) => ({id, selector: "main *"}))})
"""
_RUN = """
async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")} ${node.html.slice(0, 160)} `
    + (node.any.concat(node.all, node.none)[0] || {}).message))
"""
_DRESSED = """
(sheet) => new Promise((done) => {
  const link = document.querySelector("link[href^='/look']");
  link.onload = () => { document.getAnimations().forEach((one) => one.finish()); done(); };
  link.href = sheet;
})
"""


def bring(context: Any) -> None:
    """Let every page that is opened in a browser's context have axe: cheaper than to bring it to each of many."""
    context.add_init_script(script=_RULES)


def prepare(page: Any, *, whole: bool = False) -> None:
    """Make an open page ready to be measured by axe.

    Unless `whole`, long tables are cut to ROWS, and what every page wears, header and footer, is not measured again.
    """
    if not whole:
        page.evaluate(_SHORTENED, ROWS)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_RULES)
    if not whole:
        page.evaluate(_WITHOUT_FRAME)


def dress(page: Any, look: str) -> None:
    """Change how an open page looks, by the sheet that a reader's cookie would have brought."""
    page.evaluate(_DRESSED, f"/look/{look}.css")


def violations(page: Any, rules: dict[str, Any] = ALL) -> list[str]:
    """What axe finds wrong: rule, how grave, where, why. Empty is well."""
    found: list[str] = page.evaluate(_RUN, rules)
    return found
