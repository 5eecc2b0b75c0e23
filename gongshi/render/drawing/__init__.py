"""Pictures that stand in a page as they are: flowcharts and QR codes, SVG made at build time.

They carry no id, no style sheet, no script and no style attribute, so a page may hold as many as it likes under a
strict policy; what they look like without the site's style sheet is in their attributes, which it may overrule.
"""

from __future__ import annotations

from gongshi.render.drawing.flowchart import flowchart
from gongshi.render.drawing.qr import qr
from gongshi.render.drawing.step_list import step_list

__all__ = ["flowchart", "qr", "step_list"]
