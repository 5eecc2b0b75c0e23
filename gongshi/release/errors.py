"""What keeps a site from being brought up to date, each with a code and what to do."""

from __future__ import annotations

import errno

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

    @classmethod
    def told(cls, error: Exception) -> str:
        """What is wrong, for the webmaster: the error's own words where they are ours, otherwise where to look."""
        if isinstance(getattr(error, "code", None), str):
            return str(error)
        where = ":".join(str(found) for found in (getattr(error, "name", ""), getattr(error, "lineno", "")) if found)
        at = f"（{where}）" if where else ""
        return (
            f"{cls.code} 页面模板用不了{at}：{type(error).__name__} {error}。"
            "请检查 site_src/templates 和 site_src/assets。"
        )


class ManifestDamaged(RuntimeError):
    """What says which pages lie in the site can not be read any more; it was taken away."""

    code = "R011"


class PressDied(RuntimeError):
    """A process that made pages ended before its work was done: the machine ran out of memory, or somebody ended it."""

    code = "R012"
