"""One entry of a case in words: when it is said to have happened, who acted, what was done, by which article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.dossier import spoken
from gongshi.dossier.articles import DECISION, MAJOR, Articles
from gongshi.dossier.reading import Payload
from gongshi.law.review.words import Event, Opinion, Outcome, Ruling
from gongshi.lifecycle.cases import majors
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.cases.vocabulary import label_of
from gongshi.store.cases import Entered
from gongshi.store.operations import Operation

_ON_APPLICATION = "application"
"""The procedure that begins with an application (R7); others begin with the start approved (R8)."""
ERASED = "内容已依法清除"
_ACTS = {
    majors.RAISE: "认定为重大执法决定",
    majors.RECOGNISE: "系统认定为重大执法决定",
    majors.PROPOSE: "提出降低",
    majors.APPROVE: "批准降低",
    majors.DECLINE: "不批准降低",
}
_SAID: Mapping[str, Callable[[str], str]] = {
    "opinion": lambda word: Opinion(word).label,
    "outcome": lambda word: Outcome(word).label,
    "ruling": lambda word: Ruling(word).label,
}
"""Fields of a step that say what it came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One entry: when it is said to have happened (empty: not said) and when it was recorded, by whom; who acted
    (empty: who recorded it), what was done, by which article; the entry's hash, and the hash of the file where it put
    one into the vault. `late`: recorded more than a day after it happened."""

    seq: int
    claimed: str
    recorded: str
    late: bool
    who: str
    recorded_by: str
    what: str
    article: str
    hash: str
    file: str = ""


class _Told(NamedTuple):
    """What an entry's payload says of it."""

    at: str
    what: str
    article: str
    who: str = ""
    file: str = ""


def moment(one: Entered, articles: Articles) -> Moment:
    """An entry as one moment of the course; where its payload was erased that is all that is told."""
    told = _TOLD[one.operation](one.payload, articles) if one.payload else _Told("", ERASED, "")
    return Moment(
        seq=one.seq,
        claimed=spoken.instant(told.at),
        recorded=spoken.instant(one.at),
        late=spoken.recorded_late(told.at, one.at),
        who=told.who,
        recorded_by=one.actor,
        what=told.what,
        article=told.article,
        hash=one.hash,
        file=told.file,
    )


def _case(said: Payload, articles: Articles) -> _Told:
    what = "更新案件信息" if said.get("base") else "登记案件"
    at = "" if said.get("base") else said["shown"].get("started_at") or ""
    row = "R7" if said["shown"].get("procedure") == _ON_APPLICATION else "R8"
    return _Told(at, what, articles.of_row(row), spoken.people(CASE_KINDS["case"], said["values"]))


def _line(said: Payload, articles: Articles) -> _Told:
    kind = CASE_KINDS[said["sheet"]]
    title = said["values"].get("title")
    what = f"{label_of(said['what'])}（序号 {said['line']}）" + (f"：{title}" if title else "")
    article = articles.of_line(said["what"], said["shown"], kind.duty)
    return _Told(said["shown"]["at"], what, article, spoken.people(kind, said["values"]))


def _evidence(said: Payload, articles: Articles) -> _Told:
    what = f"证据入库（序号 {said['line']}）：{said['name']}，{said['size']} 字节"
    return _Told(said["made_at"], what, articles.of_row("R37"), "", said["sha256"])


def _major(said: Payload, _articles: Articles) -> _Told:
    return _Told("", f"{_ACTS[said['act']]}（{'、'.join(said['triggers'])}）：{said['reason']}", MAJOR)


def _legal(said: Payload, articles: Articles) -> _Told:
    fields = said["fields"]
    outcome = "".join(f"：{_SAID[name](fields[name])}" for name in _SAID if fields.get(name))
    what = f"法制审核第 {said['round']} 轮，{Event(said['event']).label}{outcome}"
    return _Told(said["at"], what, articles.of_event(said["event"]))


def _decide(said: Payload, _articles: Articles) -> _Told:
    return _Told(said["decided_at"], f"作出决定：{said['number']}", DECISION)


_TOLD: Mapping[str, Callable[[Payload, Articles], _Told]] = {
    Operation.CASE: _case,
    Operation.CASE_RECORD: _line,
    Operation.EVIDENCE: _evidence,
    Operation.MAJOR: _major,
    Operation.LEGAL: _legal,
    Operation.DECIDE: _decide,
}
