"""What keeps a site from being brought up to date, each with a code and what to do."""

from __future__ import annotations

import errno
import re
import traceback

from jinja2 import TemplateError

_TEMPLATE = re.compile(r'site_src/templates/([^"]+)", line (\d+)')
"""A line of a template, in a traceback of this process or of one beside it."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class StoreNotOfThisSite(RuntimeError):
    """The store does not hold the history that the site was built from: it is empty, older or another's."""

    code = "R002"


class NothingBuilt(RuntimeError):
    """There is no site yet."""

    code = "R004"


class BuildUnwritable(RuntimeError):
    """The output can not be written: the disk is full, or a file is missing or may not be touched."""

    code = "R006"


class ClockBackwards(RuntimeError):
    """Today lies before the day as of which the law was last applied."""

    code = "R007"


class LookBroken(RuntimeError):
    """The pages can not be made with the templates, assets or narrative pages as they are now."""

    code = "R009"

    @staticmethod
    def is_told_by(error: Exception) -> bool:
        """Whether other templates may do better: not where nothing can be written."""
        return getattr(error, "errno", None) not in _NO_ROOM

    @staticmethod
    def is_of_template(error: Exception) -> bool:
        """Whether a template asks for what is not there, or code for what a template does not have."""
        return isinstance(error, TemplateError) or _line(error) != ""

    @classmethod
    def told(cls, error: Exception) -> str:
        """What is wrong, for the webmaster: the error's own words where they are ours, otherwise where to look."""
        if isinstance(getattr(error, "code", None), str):
            return str(error)
        where = _line(error) or (str(getattr(error, "name", "")) if isinstance(error, TemplateError) else "")
        at, said = f"（{where}）" if where else "", str(error).rstrip(".")
        return (
            f"{cls.code} 页面模板用不了{at}：{type(error).__name__} {said}。"
            "请检查 site_src/templates 和 site_src/assets；升级过程序的，site_src 也要换成同一版本的。"
        )


def _line(error: Exception) -> str:
    """The template and its line where it went wrong, as in “rows.html:36”; "" where no template was at work."""
    found = _TEMPLATE.findall("".join(traceback.format_exception(error)))
    return ":".join(found[-1]) if found else ""


class ManifestDamaged(RuntimeError):
    """What says which pages lie in the site can not be read any more; it was taken away."""

    code = "R011"


class PressDied(RuntimeError):
    """A process that made pages ended before its work was done: the machine ran out of memory, or somebody ended it."""

    code = "R012"
