"""What the rebuild itself ran into, as matters: files left aside, what the gate refused, templates, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from gongshi.rebuild.run import Rebuilt
from gongshi.watch.matters import Level, Matter

KEPT = ("names",)
"""Codes that a rebuild which had nothing to do does not look at again: they stand as they stood."""


_LOOK_DAYS = 7
"""After so many days a file of the site should have been looked at again."""


def ran_into(done: Rebuilt) -> Iterator[Matter]:
    """What a rebuild that came to its end could not do, and the names that reviewers have not decided on."""
    if done.broken:
        yield Matter(
            code="look", level=Level.FAILED, label="模板或者说明页面有错，页面用的是上一次的", said=(done.broken,)
        )
    if done.taken_in and done.taken_in.faults:
        by_folder = Counter((fault.file.split("/")[0], fault.code) for fault in done.taken_in.faults)
        said = tuple(f"data/submissions/{folder}：{code} {count} 个" for (folder, code), count in by_folder.items())
        yield Matter(code="files", level=Level.FAILED, label="有报送文件没有接收，文件名和原因见更新日志", said=said)
    refused = {one.id: one.check for one in done.outstanding.refused} if done.outstanding else {}
    if refused:
        checks = tuple(f"{check} {count} 件" for check, count in sorted(Counter(refused.values()).items()))
        yield Matter(
            code="gate", level=Level.FAILED, label="发布前检查没有通过", ids=tuple(sorted(refused)), said=checks
        )
    if done.recorded and done.recorded.refused:
        ids = tuple(sorted(done.recorded.refused))
        yield Matter(code="transition", level=Level.FAILED, label="当前状态不允许公示", ids=ids)
    if done.requests and done.requests.faults:
        said = tuple(done.requests.faults)
        yield Matter(code="inbox", level=Level.FAILED, label="收件箱里的更正申请没有接收", said=said)
    if done.requests and done.requests.aside:
        said = tuple(done.requests.aside)
        yield Matter(code="aside", level=Level.ATTENTION, label="有打不开的更正申请，放在 data/inbox/aside", said=said)
    if done.kept_down:
        yield Matter(code="kept_down", level=Level.FAILED, label="撤下台账上有、记录库里没有的撤下", ids=done.kept_down)
    if done.oldest_look and (done.today - date.fromisoformat(done.oldest_look)).days > _LOOK_DAYS:
        said = (f"最早的一次核对是 {done.oldest_look}：请更经常地更新，或者加大 schedule.yml 的 look_files。",)
        label = f"有网站文件超过 {_LOOK_DAYS} 天没有核对是否被别人改写"
        yield Matter(code="looks_late", level=Level.NOTICE, label=label, said=said)
    if done.outstanding and done.outstanding.undecided:
        ids = tuple(sorted(done.outstanding.undecided))
        yield Matter(code="names", level=Level.NOTICE, label="有疑似姓名等待审核人确认，有关文字没有公示", ids=ids)


def failed(error: Exception) -> Matter:
    """A rebuild that did not come to its end. Words are only repeated where they are ours."""
    code = getattr(error, "code", None)
    if isinstance(code, str):
        return Matter(
            code=code,
            level=Level.FAILED,
            label="网站没有更新",
            said=(str(error), *(str(note) for note in getattr(error, "__notes__", ()))),
        )
    notes = tuple(str(note) for note in getattr(error, "__notes__", ()))
    name = type(error).__name__
    return Matter(code="unforeseen", level=Level.FAILED, label="网站没有更新，原因见日志", said=(name, *notes))
