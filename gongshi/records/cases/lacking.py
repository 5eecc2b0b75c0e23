"""What a requirement found lacking, in words: the codes of a finding, told as the sheets of a case file have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongshi.law.recording.lines import OF_CASE, OF_MEDIUM
from gongshi.law.recording.model import Finding, Requirement
from gongshi.records.cases.case import CASE
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.cases.lines import PROCESS_RECORD
from gongshi.records.cases.shown import CERTIFICATES
from gongshi.records.cases.vocabulary import MEDIA, SIGNERS, label_of
from gongshi.records.kind import RecordKind

_TOLD: Mapping[str, str] = {
    "evidence": "没有存入原始文件，也没有填文件校验值",
    CERTIFICATES: "没有写明每名执法人员的执法证件编号",
}
"""Words that are no column of a sheet."""


def in_words(finding: Finding) -> tuple[str, ...]:
    """Everything that is lacking, one phrase each."""
    requirement = finding.requirement
    lines = [word for word in finding.lacking if word.startswith("line:")]
    one_is_enough = len(lines) > 1 and not requirement.needs_all
    joined = ["没有" + "或者".join(_label(word.partition(":")[2]) for word in lines)] if one_is_enough else []
    rest = [word for word in finding.lacking if not (one_is_enough and word in lines)]
    return (*joined, *(_word(word, requirement) for word in rest))


def _word(word: str, requirement: Requirement) -> str:
    sort, _, said = word.partition(":")
    return _WORDS[sort](said, requirement)


def _label(token: str) -> str:
    return MEDIA[token.removeprefix(OF_MEDIUM)] if token.startswith(OF_MEDIUM) else label_of(token)


def _field(name: str, requirement: Requirement) -> str:
    """The label of the field in the sheet that the requirement looks at."""
    if name in _TOLD:
        return _TOLD[name]
    if name.startswith(OF_CASE):
        return f"案件没有填“{CASE.by_name[name.removeprefix(OF_CASE)].label}”"
    kinds = [_kind_of(token) for token in requirement.tokens]
    label = next((kind.by_name[name].label for kind in kinds if name in kind.by_name), name)
    return f"没有填“{label}”"


def _otherwise(requirement: Requirement) -> str:
    """The other media that would do: （或者录音加照片）."""
    others = ["加".join(label for code, label in MEDIA.items() if code in media) for media in requirement.recorded[1:]]
    return f"（或者{'、'.join(others)}）" if others else ""


def _kind_of(token: str) -> RecordKind:
    return CASE_KINDS.get(token.partition(".")[0], PROCESS_RECORD)


_WORDS: Mapping[str, Callable[[str, Requirement], str]] = {
    "line": lambda said, _: f"没有{_label(said)}",
    "field": _field,
    "content": lambda said, _: f"没有记载“{said}”",
    "signed": lambda said, _: f"没有{SIGNERS[said]}签字或者盖章",
    "medium": lambda said, requirement: f"没有{MEDIA[said]}{_otherwise(requirement)}",
    "served": lambda said, _: f"没有送达{said}的记录",
    "before": lambda said, requirement: f"晚于{_label(said)}（{requirement.title}应当在先）",
}
