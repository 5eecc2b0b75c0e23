"""The laws that decisions cite: a page for each, there from its first public decision and gone with its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongshi.records.readings import letters
from gongshi.render.addresses import law_address
from gongshi.render.browse.contexts import LawPage, LawsPage
from gongshi.render.contexts import Counted
from gongshi.render.lists.overview import NEWEST
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press

BASE = "/laws/"
MOST, LISTED = 12, 500
"""So many stand first on the index, and so many in all, those cited most; the others are found by the search."""
_UNREAD = "其他"
_ADMINISTRATIVE = ("行政", "xingzheng")
_COLUMN = "依据的法律"
_TOLD = "公示的执法决定依据了哪些法律、法规和规章。"
_HOME = Crumb("首页", "/")
_MOST = "SELECT id, name, decisions FROM laws ORDER BY decisions DESC, name, id LIMIT ?"
_TOTAL = "SELECT count(*) FROM laws"
_ONE = "SELECT name, decisions FROM laws WHERE id = ?"


class Law(NamedTuple):
    """A law, and how many public decisions cite it."""

    id: str
    name: str
    decisions: int


def most_cited(press: Press, most: int) -> tuple[Counted, ...]:
    """The laws that are cited by the most decisions, with the way to each."""
    found = (Law(*row) for row in press.db.execute(_MOST, (most,)))
    return tuple(Counted(f"《{law.name}》", law_address(law.id), law.decisions) for law in found)


def laws_index(press: Press) -> Iterator[Page]:
    """The laws: those cited most, and all by the first letter of their names."""
    laws, updated_on = most_cited(press, LISTED), press.overview.all.updated_on
    (total,) = next(iter(press.db.execute(_TOTAL)))

    def context() -> LawsPage:
        return LawsPage(
            site=press.site,
            head=Head(
                "按依据的法律查看",
                BASE,
                "decisions",
                "依据的法律",
                description="公示的执法决定依据了哪些法律、法规和规章。",
            ),
            crumbs=(_HOME, Crumb("六类决定", "/decisions/"), Crumb(_COLUMN)),
            updated_on=updated_on,
            most=laws[:MOST],
            letters=_by_letter(laws),
            total=total,
        )

    yield press.page(BASE, "laws.html", (repr(laws), str(total), updated_on), context)


def _by_letter(laws: Sequence[Counted]) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """In the order in which a dictionary has them: by reading, under the first letter; 其他 what has no reading."""
    read = sorted((_reading(law.text[1:-1]), law.text, law) for law in laws)
    groups: dict[str, list[Counted]] = {}
    for reading, _, law in read:
        first = reading[:1].upper()
        groups.setdefault(first if first.isascii() and first.isalpha() else _UNREAD, []).append(law)
    last = groups.pop(_UNREAD, None)
    return tuple((letter, tuple(some)) for letter, some in [*groups.items(), *([(_UNREAD, last)] if last else [])])


def _reading(name: str) -> str:
    """A character has one reading in the list; the one that so many laws begin with is said otherwise there."""
    read = _ADMINISTRATIVE[1] + letters(name[2:]) if name.startswith(_ADMINISTRATIVE[0]) else letters(name)
    return read.lower()


def law_page(press: Press, id: str) -> Iterator[Page]:
    """The decisions that cite a law; nothing where none does."""
    row = next(iter(press.db.execute(_ONE, (id,))), None)
    if row is None:
        return
    law = Law(id, *row)
    newest = press.entries.newest(NEWEST, law=id)

    def context() -> LawPage:
        name = f"《{law.name}》"
        title = f"依据{name}的决定"
        return LawPage(
            site=press.site,
            head=Head(title, law_address(id), "decisions", _COLUMN, description=f"{title}，最新的在前。"),
            crumbs=(_HOME, Crumb(_COLUMN, BASE), Crumb(name)),
            updated_on=max((one.updated_on for one in newest), default=""),
            name=law.name,
            id=id,
            total=law.decisions,
            newest=press.listings.of(newest),
        )

    yield press.page(law_address(id), "law.html", (repr(law), *(one.mark for one in newest)), context)
