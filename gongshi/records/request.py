"""更正申请: what a citizen says when asking for a correction (D31), field by field, with its limits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Capacity(StrEnum):
    """In what capacity someone asks. Anyone with evidence may ask, not only the party (D31)."""

    PARTY = "party"
    CONCERNED = "concerned"
    OTHER = "other"


CAPACITY_LABELS = {
    Capacity.PARTY: "行政相对人（决定所针对的个人、单位）",
    Capacity.CONCERNED: "利害关系人",
    Capacity.OTHER: "其他公民、法人或者其他组织",
}


class RequestState(StrEnum):
    """What the one who asked is told."""

    RECEIVED = "received"
    """In the inbox; the departments' side has not fetched it yet."""
    HANDLING = "handling"
    CORRECTED = "corrected"
    REFUSED = "refused"
    REFERRED = "referred"


STATE_LABELS = {
    RequestState.RECEIVED: "已收到",
    RequestState.HANDLING: "办理中",
    RequestState.CORRECTED: "已更正",
    RequestState.REFUSED: "不予更正",
    RequestState.REFERRED: "转办",
}

ANSWERS = (RequestState.CORRECTED, RequestState.REFUSED, RequestState.REFERRED)
"""How a department can answer: the request is then closed."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the form: `longest` in characters; `lines` of text to write in, one for a short answer."""

    name: str
    label: str
    help: str
    longest: int
    lines: int = 1
    autocomplete: str = "off"


QUESTIONS = (
    Question("name", "您的姓名或者单位名称", "用于核实和答复，不会公开。", 100, autocomplete="name"),
    Question("item", "哪一项有误", "例如：行政相对人名称、罚款金额、决定日期。", 200),
    Question("wrong", "现在是怎样写的，错在哪里", "", 2000, lines=4),
    Question("right", "应当是什么", "", 2000, lines=3),
    Question(
        "evidence",
        "有什么证据",
        "写明依据，例如决定书第几页、营业执照、法院判决的文号。请不要填写身份证号码、银行账号。",
        4000,
        lines=5,
    ),
    Question("contact", "联系方式", "电话、电子邮箱或者通信地址，只用于答复这一申请。", 200),
)
"""What is asked in text; the capacity is chosen, the files are handed in. All of it has to be answered."""

MOST_FILES = 3
LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of one file of evidence."""
FILE_TYPES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""What may be handed in, by what the content is, with the ending that it is given."""


_KEPT = frozenset("\n\t")


def plain(text: str) -> str:
    """`text` without signs that can not be seen, turn it around or command a terminal; line ends as one sign."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in _KEPT or unicodedata.category(sign)[0] != "C").strip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of evidence: the name that its sender gave it (never used as a path), its type, its bytes."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """One request as it was sent.

    `number` is the receipt number, `status` the hash of number and secret; `at` the instant of its
    arrival on the city's clock, ISO 8601; `decision` the id of the decision; `answers` has the text
    of each of QUESTIONS.
    """

    number: str
    status: str
    at: str
    decision: str
    capacity: Capacity
    answers: dict[str, str]
    files: tuple[Evidence, ...] = ()
