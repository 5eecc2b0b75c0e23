"""A takedown counts as done only when it is shown: no file that it touched tells of what is gone (promise 8).

Looked for in every file of the parts that were touched and in the webmaster's own; what stands in files that nobody
touched is the audit's business. What is looked for: the ids of decisions that are gone, and the words that told of
them; of a decision with a notice its words, and its id outside of what notices are made of. What is public elsewhere
by right is no trace.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from gongshi.publish.proving.departed import Departed
from gongshi.release.cutting import ID
from gongshi.release.needles import Needles
from gongshi.render.addresses import RECORD_FOLDERS

_OF_NOTICES = re.compile(r"notices/|feeds/notices[./]|sitemap|decisions/[^/]+/[^/]+\.(?:html|gone)$")
"""Where a notice's address may stand."""
_OF_A_DECISION = re.compile(rf"(?:decisions/[^/]+|{'|'.join(RECORD_FOLDERS)})/([0-9a-z]+)(?:-sheet)?\.(?:html|gone)")
_MOST_NAMED = 20
_WITNESSES = 6
"""So many decisions beside which a word stands are remembered."""
_REACH = 4000
"""Bytes around a word in which a decision is named to which it belongs."""
_EYES = 2
"""Files that are looked through at the same time: who reads and who searches gives the interpreter to others."""
_AT_ONCE = 64
"""Files of which it is known at any time what stands in them."""


class TakedownIncomplete(RuntimeError):
    """Files of the site (`places`, paths below it) still tell of a decision that was taken down."""

    code = "R005"

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            f"R005 撤下没有完成：{'、'.join(places[:_MOST_NAMED])} 仍然提到已撤下的决定或者它的内容。"
            "请运行 gongshi rebuild --full 再核对；不是平台生成的文件请手工移走。"
        )
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which ids are public, which have a notice, and which words are public by right (asked once, of all that were
    found, with the ids of the decisions beside which they stood: one of them probably has the word); `plainly` names
    those of them for which a look at these decisions is enough, and never another."""

    public: Collection[str] = ()
    noticed: Collection[str] = ()
    by_right: Callable[[Collection[str], Collection[str]], Collection[str]] = lambda words, near: ()
    plainly: Callable[[Collection[str], Collection[str]], Collection[str]] = lambda words, near: ()


@dataclass(frozen=True, slots=True)
class _Sought:
    """One thing to look for: an id, or a word of a decision."""

    record: str
    word: str = ""


def prove_gone(
    site: Path,
    files: Iterable[str],
    gone: Collection[str],
    departed: Iterable[Departed] = (),
    standing: Standing | None = None,
) -> None:
    """Look for the decisions whose pages `gone` were taken away or replaced, and for what tells of `departed`, in
    `files` (paths below `site`, all of them).

    Raises TakedownIncomplete, which names the files. Reads none of them where nothing was taken down.
    """
    where = standing or Standing()
    ids = decisions_in(gone) - set(where.public)
    words = {word: one.id for one in departed for word in one.words}
    sought = [*map(_Sought, sorted(ids)), *(_Sought(record, word) for word, record in words.items())]
    if not sought:
        return
    left = sorted(_traces(site, files, sought, where))
    if left:
        raise TakedownIncomplete(left)


def decisions_in(paths: Iterable[str]) -> frozenset[str]:
    """The ids of the decisions and records whose page, or whose notice, lies at one of these paths."""
    return frozenset(found[1] for path in paths if (found := _OF_A_DECISION.fullmatch(path)))


def _traces(site: Path, files: Iterable[str], sought: list[_Sought], standing: Standing) -> Iterator[str]:
    """The files that still tell, by their path below the site."""
    search = _Search(site, sought, standing)
    search.through(files)
    near = {word: beside for word, beside in search.near.items() if word not in search.settled}
    by_right = {*search.settled, *(standing.by_right(near.keys(), set().union(*near.values())) if near else ())}
    for path, hits in search.found.items():
        if any(one.word not in by_right if one.word else _astray(one.record, path, standing) for one in hits):
            yield path


class _Search:
    """What is `found` in which file, by its path below the site, and beside which decisions (`near`) each word was met.

    A word that is public by right is so wherever it stands. So as soon as the decisions beside which it was met are
    seen to have it, it is `settled` and no longer looked for: a phrase of the law that stands in every decision would
    be met in every row of every list.
    """

    def __init__(self, site: Path, sought: Iterable[_Sought], standing: Standing) -> None:
        self._site, self._standing = site, standing
        self.found: dict[str, set[_Sought]] = {}
        self.near: dict[str, set[str]] = {}
        self.settled: set[str] = set()
        self._look_for([(form, one) for one in sought for form in _forms(one.word or one.record)])

    def through(self, files: Iterable[str]) -> None:
        """Look for everything in `files`, few at first: what they settle is not met in every row of the others."""
        remaining, at_once, passed = iter(files), 1, 0
        with ThreadPoolExecutor(_EYES) as eyes:
            while some := list(islice(remaining, at_once)):
                at_once = min(2 * at_once, _AT_ONCE)
                fresh: dict[str, set[str]] = {}
                for path, (size, met) in zip(some, eyes.map(self._look, some), strict=True):
                    passed += size
                    if met:
                        self.found[path] = set(met)
                        self._note(met, fresh)
                self._settle(fresh)
                self._needles.passed(passed)

    def _look_for(self, forms: list[tuple[bytes, _Sought]]) -> None:
        self._forms = forms
        self._needles = Needles([form for form, _ in forms])

    def _look(self, path: str) -> tuple[int, dict[_Sought, set[str]]]:
        """How many bytes a file has, and what stands in it, each with decisions beside which it does, where more of
        them are wanted."""
        content, met = _read(self._site, path), dict[_Sought, set[str]]()
        for at, start, end in self._needles.found(content):
            one = self._forms[at][1]
            if one.word in self.settled:
                continue
            beside = met.setdefault(one, set())
            if one.word and max(len(beside), len(self.near.get(one.word, ()))) < _WITNESSES:
                beside.update(_beside(content, start, end))
        return len(content), met

    def _note(self, met: Mapping[_Sought, set[str]], fresh: dict[str, set[str]]) -> None:
        """Remember the decisions beside which words were met; into `fresh` goes what is new of them."""
        for one, beside in met.items():
            if one.word:
                known = self.near.setdefault(one.word, set())
                if len(known) < _WITNESSES and (more := beside - known):
                    known.update(more)
                    fresh.setdefault(one.word, set()).update(more)

    def _settle(self, fresh: Mapping[str, set[str]]) -> None:
        """Leave out what is public by right from now on, as far as that is quickly seen. What is seen so late that the
        quick automaton was made is rare, and met in vain rather than taken out of it."""
        near = set().union(*fresh.values())
        if settled := set(self._standing.plainly(fresh.keys(), near) if fresh else ()):
            self.settled |= settled
            if not self._needles.quick:
                self._look_for([(form, one) for form, one in self._forms if one.word not in settled])


def _beside(content: bytes, start: int, end: int) -> Iterator[str]:
    """The ids of the decisions that a file names next before and next after a place."""
    before, after = ID.findall(content, max(0, start - _REACH), start), ID.search(content, end, end + _REACH)
    yield from (one.decode() for one in before[-1:])
    if after:
        yield after[0].decode()


def _read(site: Path, path: str) -> bytes:
    """The name of a file and what is in it."""
    file = site / path
    return file.name.encode() + b"\n" + (file.read_bytes() if file.is_file() else b"")


def _astray(record: str, path: str, standing: Standing) -> bool:
    """Whether an id stands where not even its notice may be named."""
    return record not in standing.noticed or _OF_NOTICES.match(path) is None


def _forms(word: str) -> Iterable[bytes]:
    """How a word may lie in a file of the site: as it is, escaped for HTML (by Python or by Jinja), for JSON, in
    an address."""
    html = escape(word)
    forms = (
        *(word, html, html.replace("&quot;", "&#34;").replace("&#x27;", "&#39;"), quote(word)),
        *(json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]),
    )
    return dict.fromkeys(form.encode() for form in forms)
