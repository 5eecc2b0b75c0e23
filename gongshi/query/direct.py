"""What a whole query names: a number, a code, a department by any of its names, a law, an item, a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from gongshi.law.citing import names_cited
from gongshi.law.document_number import match_key
from gongshi.query import things
from gongshi.query.database import Reading, Row
from gongshi.query.filters import DECISION, DEPARTMENT, LAW, NOTICE
from gongshi.query.lexicon import lexicon
from gongshi.query.tokens import match_expression, normalise
from gongshi.query.vocabulary import ORGANISATION
from gongshi.records import REGISTRY_KINDS
from gongshi.render.addresses import address, record_address

MOST = 3
SHORT_NAME = "常用简称"
"""Why a department is meant that is not called so."""
_LOOKED_AT = 20
"""Rows with a number or a title like the typed one, among which that very one is looked for."""
_YEAR_AND_SERIAL = re.compile(r"〔([0-9]{4})〕([1-9][0-9]{0,8})$")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_DIGIT = re.compile("[0-9０-９]")
_BLANKS = re.compile(r"\s+")
_OF_DECISIONS = """
SELECT d.id, d.title, d.document_number AS number, l.certificate_number AS certificate FROM (
  SELECT rowid AS sort FROM decisions_fts WHERE decisions_fts MATCH ? ORDER BY rowid DESC LIMIT ?
) JOIN decisions d USING (sort) LEFT JOIN licence l USING (sort) ORDER BY sort DESC
"""
_OF_RECORDS = """
SELECT r.id, r.kind, r.title, r.number, r.department_name FROM (
  SELECT rowid AS sort FROM records_fts WHERE records_fts MATCH ? ORDER BY rowid DESC LIMIT ?
) JOIN records r USING (sort) WHERE r.standing = 'in_force' ORDER BY sort DESC
"""
_WHY = {DEPARTMENT: "部门名称", LAW: "法律名称", NOTICE: "已撤下决定的文号"}


class Direct(NamedTuple):
    """Its type (filters.TYPES, or organisation), what the query is of it, its title and its address."""

    type: str
    why: str
    title: str
    path: str


def direct(db: Reading, typed: str) -> tuple[Direct, ...]:
    """At most MOST things that `typed` names as a whole. Raises TooSlow, Unavailable."""
    found = (one for look in (_decisions, _things, _organisation, _records, _known_as) for one in look(db, typed))
    return tuple(islice(dict.fromkeys(found), MOST))


def _things(db: Reading, typed: str) -> Iterator[Direct]:
    laws = names_cited(f"《{typed.strip('《》 ')}》")
    names = frozenset(normalise(name).strip() for name in (typed, *laws))
    for thing in things.named(db, names, match_key(typed)):
        why = "统一社会信用代码" if thing.type == DEPARTMENT and thing.number == match_key(typed) else _WHY[thing.type]
        yield Direct(thing.type, why, thing.name, thing.path)


def _known_as(db: Reading, typed: str) -> Iterator[Direct]:
    """The department that is called so for short; none where several are."""
    long = lexicon().known_as.get(normalise(typed).strip())
    ranked = things.ranked(db, [normalise(long)]) if long else []
    departments = [thing for score, thing in ranked if thing.type == DEPARTMENT and score >= things.TELLING]
    if len(departments) == 1:
        yield Direct(DEPARTMENT, SHORT_NAME, departments[0].name, departments[0].path)


def _organisation(db: Reading, typed: str) -> Iterator[Direct]:
    code = _BLANKS.sub("", normalise(typed)).upper()
    if _CODE.fullmatch(code):
        for row in db.rows("SELECT name FROM organisations WHERE uscc = ?", [code]):
            yield Direct(ORGANISATION, "统一社会信用代码", row["name"], f"/parties/{code}")


def _decisions(db: Reading, typed: str) -> Iterator[Direct]:
    """By year and serial, and by all words: not in the column of numbers, for all places of a common word would be
    looked through to find it in none of them."""
    if not _DIGIT.search(typed):
        return
    key, name = match_key(typed), normalise(typed).strip()
    dated = _YEAR_AND_SERIAL.search(key)
    asked = [match_expression(typed)]
    if dated and dated.start():
        asked.append(match_expression(key[: dated.start()], [("no", f"{dated[1]}:{dated[2]}")]))
    for row in _rows(db, _OF_DECISIONS, asked):
        if match_key(row["number"] or "") == key:
            yield Direct(DECISION, "文号", row["title"], address(row["id"]))
        elif normalise(row["certificate"] or "") == name:
            yield Direct(DECISION, "许可编号", row["title"], address(row["id"]))


def _records(db: Reading, typed: str) -> Iterator[Direct]:
    name, key, words = normalise(typed).strip(), match_key(typed), match_expression(typed)
    for row in _rows(db, _OF_RECORDS, [f"{{number title}} : ({words})"] if words else []):
        numbered = match_key(row["number"] or "") == key
        path = record_address(row["kind"], row["id"])
        if path and (numbered or normalise(row["title"]) == name):
            kind = REGISTRY_KINDS[row["kind"]]
            yield Direct(row["kind"], f"{kind.label}的{'编号' if numbered else '名称'}", row["title"], path)


def _rows(db: Reading, sql: str, asked: list[str]) -> list[Row]:
    return [row for match in asked if match for row in db.rows(sql, [match, _LOOKED_AT])]
