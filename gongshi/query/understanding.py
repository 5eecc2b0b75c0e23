"""What is meant by what somebody typed: a number written in another way, a word in Latin letters, a short name.

A year and a serial are taken for a number of that year. Otherwise words are taken for others only where nothing has
them as they were typed, and only for such that something has; the page says which stands for which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongshi.query import things
from gongshi.query.database import Reading
from gongshi.query.direct import Direct, direct
from gongshi.query.filters import DECISION, HELP, LAW, OF_DECISIONS, OF_RECORDS, RECORDS, TYPES
from gongshi.query.lexicon import lexicon
from gongshi.query.question import Question
from gongshi.query.spelling import spelled, typed_letters
from gongshi.query.tokens import MAX_WORDS, match_expression, normalise, words
from gongshi.query.vocabulary import vocabulary
from gongshi.records.registry.guide import SERVICE_GUIDE

NUMBER, LETTERS, KNOWN_AS, MEANT = "number", "pinyin", "known_as", "meant"
"""How a question was taken otherwise than it was typed."""

_BETWEEN = r"(?:年第?|[-_/‐‑‒–—―−]第?|第)"
_NUMBER = re.compile(rf"(\D*?)(?<![0-9])((?:19|20)[0-9]{{2}}){_BETWEEN}0*([1-9][0-9]{{0,8}})号?")
"""A whole word that is year and serial, with what it is a number of before: 松市监罚2020-1号."""
_QUOTED = re.compile('"([^"]+)"')
"""What is meant as it stands, though it looks like a number: 2026-11 is a month, too."""
_IN_BRACKETS = re.compile(r"(\S*?)[(<{《〈〔「]([0-9]{4})年?[)>}》〉〕」]第?0*([1-9][0-9]{0,8})号?")
_HOW = re.compile("(?:怎么|怎样|如何|哪里|哪儿)(?:办|申请)|(?:什么|哪些)(?:手续|材料|条件|证)")
"""By these words people ask for a guide."""
_ASKING = re.compile(
    r"为什么|为何|(?:怎么|怎样|如何)(?:办理?|申请|查询?|写)?|(?:在)?哪(?:里|儿)?(?:办理?|查询?)?|[吗呢吧啊?]+$"
    r"|(?:需?要)?(?:什么|哪些)(?:手续|材料|条件|证件?)|的?(?:监督|投诉|举报)?电话(?:号码|是多少)?$|(?:真假|真伪|查询)$"
)
"""What people add who ask a person."""
_SHORT_NAMES = re.compile("|".join(map(re.escape, sorted(lexicon().known_as, key=len, reverse=True))))
_HITS = tuple(f"SELECT 1 FROM {index} WHERE {index} MATCH ? LIMIT 1" for index in ("decisions_fts", "records_fts"))  # noqa: S608
_OWN_READING = """
SELECT core FROM organisations WHERE {column} >= :typed AND {column} < :typed || char(1114111)
ORDER BY {column} <> :typed, decisions DESC, name LIMIT 1
"""
_READINGS = tuple(_OWN_READING.format(column=column) for column in ("pinyin", "initials"))
_WAN = 10_000
_AMOUNT = re.compile(r"(?<![0-9.])([0-9]{1,12}(?:\.[0-9]{1,6})?)(?:(万)(?:元|(?![一-鿿]))|元)")
_YUAN = re.compile(r"[0-9.]+万?元")
"""An amount of money, and how it may be written: records write 30000元 where people type 3万元."""
_CHINESE = re.compile("[0-9\u4e00-\u9fff]{4,24}")
_TERMS = frozenset(lexicon().terms)
_PART, _CUTS = 2, 6
"""Characters that each of two words has at least that were typed in one; places at which it is cut to try."""
_SORTS = {normalise(label): type_ for type_, label in TYPES.items() if type_} | {
    "指南": SERVICE_GUIDE.name,
    "办事指南": SERVICE_GUIDE.name,
    "人员": "officer",
    "事项": "enforcement_item",
    "公示牌": "post_board",
    "法律": LAW,
}
"""By the word that people add what sort of things they seek (filters.TYPES)."""
_SURE = 3
"""So many letters can be the beginning of a word, or a company's initials; two are a word's or nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """`question` is to be answered; addresses are those of the typed one. Where it is another, `by` says how it came
    from that, and `source` and `word` what stands for what. `direct` is what the whole query names."""

    question: Question
    by: str = ""
    source: str = ""
    word: str = ""
    direct: tuple[Direct, ...] = ()


def as_it_stands(typed: str) -> str:
    """What to type for a text that is not to be taken for a number."""
    return f"“{typed}”"


def understood(db: Reading, question: Question) -> Understood:
    """What is meant by a question. Raises TooSlow, Unavailable; NotAtOnce where others wait for what nothing has."""
    if not question.words:
        return Understood(question=question)
    if (quoted := _QUOTED.fullmatch(normalise(question.q).strip())) and _number(
        replace(question, q=quoted[1]), _NUMBER
    ):
        return Understood(question=replace(question, q=quoted[1]))
    named = direct(db, question.q)
    number = _number(question, _NUMBER)
    if number and _has(db, number):
        taken = _taken(question, number, NUMBER)
        return replace(taken, direct=named or direct(db, taken.word))
    if amount := _amount(db, question):
        return replace(_taken(question, amount, MEANT), direct=named)
    if not _stands(db, question.q):
        db.at_leisure()  # it will be needed: here the least is done twice
        for by, meant in _otherwise(db, question):
            if _has(db, meant):
                return replace(_taken(question, meant, by), direct=named)
    return Understood(question=question, direct=named)


def _stands(db: Reading, text: str) -> bool:
    """Whether anything has all the words of a text; that a page about the site quotes them says nothing, unless it is
    called so. Raises TooSlow, Unavailable."""
    match = match_expression(text)
    if any(db.rows(sql, [match]) for sql in _HITS):
        return True
    return any(thing.type != HELP or score >= things.TELLING for score, thing in things.ranked(db, words(text)))


def _otherwise(db: Reading, question: Question) -> Iterator[tuple[str, Question]]:
    """What else may be meant, the likeliest first, and by what."""
    if number := _number(question, _IN_BRACKETS):
        yield NUMBER, number
    if number := _number(question, _NUMBER):  # of a decision that is not there; of a text, perhaps
        yield MEANT, _written(number)
        return
    if meant := question.as_meant:
        yield MEANT, meant
    if narrowed := _narrowed(question):
        yield MEANT, narrowed
    taken = (
        (LETTERS, _in_letters(db, question.words)),
        (KNOWN_AS, _known_as(question.q)),
        (MEANT, _apart(question.words)),
    )
    wished = SERVICE_GUIDE.name if _HOW.search(question.q) and not question.type else question.type
    for by, texts in taken:
        for text in texts:
            if 0 < len(words(text)) <= MAX_WORDS and text != question.q:
                yield from ((by, replace(question, q=text, type=one)) for one in dict.fromkeys((wished, question.type)))


def _has(db: Reading, meant: Question) -> bool:
    """Whether anything is found by what may be meant; of the sort that it says, where it says one."""
    if meant.number or meant.type == DECISION:
        keys = [("no", meant.number)] if meant.number else []
        return bool(db.rows(_HITS[0], [match_expression(meant.q, keys)]))
    if meant.type in OF_RECORDS:
        keys = [("kind", meant.type)] if meant.type != RECORDS else []
        return bool(db.rows(_HITS[1], [match_expression(meant.q, keys)]))
    if meant.type:
        return any(thing.type == meant.type for _, thing in things.ranked(db, meant.words))
    return _stands(db, meant.q)


def _taken(typed: Question, meant: Question, by: str) -> Understood:
    year, _, serial = meant.number.partition(":")
    word = f"{meant.q}〔{year}〕{serial}号" if by == NUMBER else meant.q
    if meant.type != typed.type:
        word += f"（{TYPES[meant.type]}）"
    return Understood(question=replace(meant, page=typed.page), by=by, source=typed.q, word=word)


def _number(question: Question, form: re.Pattern[str]) -> Question | None:
    """The question with the first word that is a number as such; None where none is."""
    for at, word in enumerate(question.words):
        if found := form.fullmatch(word):
            rest = [*question.words[:at], found[1], *question.words[at + 1 :]]
            return replace(question, q=" ".join(filter(None, rest)), number=f"{found[2]}:{found[3]}")
    return None


def _written(number: Question) -> Question:
    """The same with the number among the words as numbers are written: year and serial apart stand in too much."""
    year, _, serial = number.number.partition(":")
    return replace(number, q=f"{number.q} 〔{year}〕{serial}号".strip(), number="")


def _narrowed(question: Question) -> Question | None:
    """The question with the first word that says what sort of things is sought as such; None where none does."""
    for at, word in enumerate(question.words if not question.type and len(question.words) > 1 else ()):
        if word in _SORTS:
            rest = [*question.words[:at], *question.words[at + 1 :]]
            return replace(question, q=" ".join(rest), type=_SORTS[word])
    return None


def _amount(db: Reading, question: Question) -> Question | None:
    """The question with its amount written as decisions write it, where none has it as it was typed; None otherwise."""
    if question.type not in OF_DECISIONS or not _AMOUNT.search(normalise(question.q)):
        return None
    texts = (question.q, *_amounts(question.q))
    written = next((text for text in texts if db.rows(_HITS[0], [match_expression(text)])), question.q)
    return replace(question, q=written, page=1) if written != question.q else None


def _amounts(typed: str) -> Iterator[str]:
    """A text with an amount of money written the other way, in yuan or in tens of thousands: as one word with what
    stands beside it, then apart."""
    text = normalise(typed)
    for blank in ("", " "):
        if (other := _YUAN.sub(rf"{blank}\g<0>", _AMOUNT.sub(_other_amount, text)).strip()) != text:
            yield other


def _other_amount(found: re.Match[str]) -> str:
    amount = Decimal(found[1])
    if found[2]:
        return f"{(amount * _WAN).normalize():f}元"
    return f"{(amount / _WAN).normalize():f}万元" if amount >= _WAN else found[0]


def _in_letters(db: Reading, typed: Sequence[str]) -> Iterator[str]:
    """The words with what is meant by those in Latin letters that nothing has; syllables may be typed apart, too."""
    letters = [typed_letters(word) for word in typed]
    if not any(letters):
        return
    taken = [_word(db, of) if of and not _stands(db, word) else word for word, of in zip(typed, letters, strict=True)]
    if all(taken):
        yield " ".join(taken)
    if len(typed) > 1 and all(letters) and (word := _word(db, "".join(letters))):
        yield word


def _word(db: Reading, letters: str) -> str:
    """The word that is typed with these letters: a whole one, then one of which they are the beginning; "" for none."""
    matches = vocabulary(db).by_letters(letters)
    if len(letters) < _SURE:
        return next((one.meant for one in matches if one.is_whole), "")
    cores = [row["core"] for sql in _READINGS for row in db.rows(sql, {"typed": letters})]
    names = [(core, max(one.covered(letters) for one in spelled(core))) for core in cores]
    whole = [one.meant for one in matches if one.is_whole] + [core for core, covered in names if covered == len(core)]
    begun = [one.meant for one in matches] + [core[:covered] for core, covered in names if covered]
    return next(iter(whole + begun), "")


def _apart(typed: Sequence[str]) -> Iterator[str]:
    """One long word cut in two, beside a word of the trade or nearly in the middle first: words are typed without a
    blank between them. Never behind a digit: 罚款3万元 is not 罚款3 and 万元."""
    if len(typed) == 1 and (cut := _CHINESE.fullmatch(typed[0])):
        word = cut[0]
        places = [at for at in range(_PART, len(word) - _PART + 1) if not word[at - 1].isdigit()]
        likely = sorted(places, key=lambda at: (_TERMS.isdisjoint((word[:at], word[at:])), abs(at - len(word) / 2), at))
        for at in likely[:_CUTS]:
            yield f"{word[:at]} {word[at:]}"


def _known_as(typed: str) -> Iterator[str]:
    """The text with short names written out, as one with what stands beside them or apart; then without the words of a
    question alone."""
    asked = _ASKING.sub(" ", normalise(typed)).strip()
    long = lexicon().known_as
    yield _SHORT_NAMES.sub(lambda short: long[short[0]], asked)
    yield _SHORT_NAMES.sub(lambda short: f" {long[short[0]]} ", asked)
    yield asked
