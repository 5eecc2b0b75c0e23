"""The form as it was filled in: what is wrong with it, field by field, and what it says once it is right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from gongshi.door.attachments import type_of
from gongshi.door.reading import Sent
from gongshi.records.request import FILE_TYPES, LARGEST_FILE, MOST_FILES, QUESTIONS, Capacity, Evidence, plain

TRAP = "homepage"
"""A field that no person sees. A program that fills in everything fills in this one, too."""
_NAME = 120
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed and handed in. `problems` say by field what to mend; empty where all is well."""

    answers: Mapping[str, str] = field(default_factory=dict)
    capacity: str = ""
    files: tuple[Evidence, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    def said(self, decision: str) -> bytes:
        """All of it as one text: the same form sent twice is the same request."""
        files = [hashlib.sha256(file.content).hexdigest() for file in self.files]
        return orjson.dumps([decision, self.capacity, self.answers, files], option=orjson.OPT_SORT_KEYS)


def filled(sent: Sent) -> Filled:
    """The form that was sent, with every problem at once."""
    answers = {one.name: plain(sent.texts.get(one.name, "")) for one in QUESTIONS}
    problems: dict[str, str] = {}
    for one in QUESTIONS:
        if not answers[one.name]:
            problems[one.name] = f"请填写“{one.label}”。"
        elif len(answers[one.name]) > one.longest:
            problems[one.name] = f"最多 {one.longest} 个字，现在有 {len(answers[one.name])} 个，请缩短。"
    capacity = sent.texts.get("capacity", "")
    if capacity not in frozenset(Capacity):
        problems["capacity"] = "请选择您的身份。"
        capacity = ""
    if sent.texts.get(TRAP, "").strip():
        problems[TRAP] = "请把这一栏清空：它是用来识别自动程序的。"
    files, wrong = _files(sent)
    if wrong:
        problems["files"] = wrong
    return Filled(answers, capacity, files, problems)


def _files(sent: Sent) -> tuple[tuple[Evidence, ...], str]:
    """The files, and what is wrong with the first that can not be taken."""
    if sent.too_many:
        return (), f"最多 {MOST_FILES} 个文件，请重新选择。"
    taken = []
    for file in sent.files:
        name = plain(file.name).rsplit("/", 1)[-1].rsplit("\\", 1)[-1][-_NAME:]
        if file.too_large:
            return (), f"文件“{name}”超过 {LARGEST_FILE // _MEGABYTE} MB，请缩小后重新选择文件。"
        content = bytes(file.content)
        file.content.clear()
        found = type_of(content)
        if not found:
            kinds = "、".join(ending.removeprefix(".").upper() for ending in FILE_TYPES.values())
            return (), f"文件“{name}”的内容不是完整的 {kinds} 文件（只改文件名不行），请重新选择文件。"
        taken.append(Evidence(name, found, content))
    return tuple(taken), ""
