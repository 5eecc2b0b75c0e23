"""A sealed request: only the private half opens it, and its size says little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gongshi.door.errors import KeyBroken, KeyMissing, SealedUnreadable
from gongshi.door.sealing import new_pair, open_sealed, read_private_key, read_public_key, seal
from gongshi.lifecycle.requests.keys import InboxKeyExists, make_pair, private_keys
from gongshi.records.request import Capacity, CorrectionRequest, Evidence
from tests.door.visitor import ANSWERS, PDF, PNG

TODAY = date(2026, 3, 2)
REQUEST = CorrectionRequest(
    number="GZ20260302-AAAA-BBBB",
    status="0" * 64,
    at="2026-03-02T10:00:00+08:00",
    decision="8f3a61c09b2d4e57",
    capacity=Capacity.PARTY,
    answers=ANSWERS,
    files=(Evidence("a.pdf", "application/pdf", PDF), Evidence("b.png", "image/png", PNG)),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    make_pair(tmp_path, today=TODAY)
    return tmp_path


def sealed(root: Path, request: CorrectionRequest = REQUEST) -> bytes:
    return seal(request, read_public_key(root / "data" / "reference" / "inbox.pub"))


def test_what_was_sealed_comes_out_as_it_was(root: Path) -> None:
    assert open_sealed(sealed(root), private_keys(root)) == REQUEST


def test_two_requests_of_like_size_are_of_one_size(root: Path) -> None:
    longer = replace(REQUEST, answers={**ANSWERS, "wrong": "长" * 2000}, files=())
    assert len(sealed(root)) == len(sealed(root, longer))
    assert sealed(root) != sealed(root)


@pytest.mark.parametrize(
    "change", [lambda b: b[:-1], lambda b: b[:100], lambda b: b"", lambda b: b"\0" + b[1:], lambda b: b + b"x"]
)
def test_a_changed_message_opens_to_nothing(root: Path, change) -> None:
    with pytest.raises(SealedUnreadable):
        open_sealed(change(sealed(root)), private_keys(root))


@pytest.mark.parametrize(
    "change",
    [
        {"number": "../../etc"},
        {"number": "GZ20260302-AAAA-BBBB\n"},
        {"status": "../x"},
        {"at": "yesterday"},
        {"at": "2026-03-02T10:00:00"},
        {"files": (Evidence("a", "text/html", b"x"),)},
        {"files": (Evidence("a", "application/pdf", b"x" * (5 * 1024 * 1024 + 1)),)},
        {"answers": {"name": "x"}},
    ],
)
def test_a_message_that_the_door_would_not_have_sealed_is_not_taken(root: Path, change: dict[str, object]) -> None:
    with pytest.raises(SealedUnreadable):
        open_sealed(sealed(root, replace(REQUEST, **change)), private_keys(root))


def test_the_private_half_is_for_its_owner_only(root: Path) -> None:
    key = root / "data" / "keys" / "inbox.key"
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_pair_is_never_overwritten_silently_and_an_old_one_still_opens(root: Path) -> None:
    before = sealed(root)
    with pytest.raises(InboxKeyExists, match="--replace"):
        make_pair(root, today=TODAY)
    made = make_pair(root, today=TODAY, replace=True)
    assert made.kept == Path("data/keys/inbox-20260302-1.key")
    assert [open_sealed(content, private_keys(root)).number for content in (before, sealed(root))] == [
        REQUEST.number
    ] * 2


def test_another_citys_key_does_not_open_it(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    other.write_text(new_pair().private, encoding="ascii")
    with pytest.raises(SealedUnreadable):
        open_sealed(sealed(root), [read_private_key(other)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "gongshi-inbox public 00 00000000\n",
        f"gongshi-inbox public {'0' * 64} 00000000\n",
        new_pair().private,
        new_pair().public[:-2] + "\n",
        new_pair().public.upper(),
    ],
    ids=["empty", "word", "short", "sum", "private", "cut", "capitals"],
)
def test_a_broken_key_is_known_before_anything_is_sealed_to_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "inbox.pub"
    with pytest.raises(KeyMissing):
        read_public_key(path)
    path.write_text(text, encoding="ascii")
    with pytest.raises(KeyBroken):
        read_public_key(path)
