"""A flipped byte, a missing, swapped, foreign or readable file, an older record: found, and located (R37)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongshi.vault import Flaw, Line, Listed, Vault, verify

ENTRIES = {"e" * 64, "f" * 64}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def listed(vault: Vault, tmp_path: Path) -> list[Listed]:
    """Three files, journaled by entries 11 to 13 for one case."""
    found = []
    for at, entry in enumerate(("e" * 64, "f" * 64, "e" * 64), start=1):
        source = tmp_path / f"{at}.jpg"
        source.write_bytes(b"evidence %d" % at)
        kept = vault.take(source)
        vault.log(Line(entry, kept.sha256, kept.size, "2026-11-22T09:00:00+08:00"))
        found.append(Listed(kept.sha256, kept.size, 10 + at, "c" * 16, f"照片-{at}", entry))
    return found


def look(vault: Vault, listed: list[Listed], **options: object) -> tuple[Flaw, ...]:
    return verify(vault, listed, ENTRIES.__contains__, **options)  # type: ignore[arg-type]


def write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)


def flip(vault: Vault, one: Listed, _other: Listed) -> None:
    path = vault.place(one.sha256)
    write(path, bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


def cut(vault: Vault, one: Listed, _other: Listed) -> None:
    write(vault.place(one.sha256), b"evid")


def swap(vault: Vault, one: Listed, other: Listed) -> None:
    a, b = vault.place(one.sha256), vault.place(other.sha256)
    first, second = a.read_bytes(), b.read_bytes()
    write(a, second)
    write(b, first)


def lose(vault: Vault, one: Listed, _other: Listed) -> None:
    vault.place(one.sha256).unlink()


def show(vault: Vault, one: Listed, _other: Listed) -> None:
    vault.place(one.sha256).chmod(0o444)


def show_all(vault: Vault, _one: Listed, _other: Listed) -> None:
    vault.folder.chmod(0o755)


def foreign(vault: Vault, _one: Listed, _other: Listed) -> None:
    path = vault.objects / "notes.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0o400)


def older(vault: Vault, one: Listed, _other: Listed) -> None:
    vault.log(Line("0" * 64, one.sha256, one.size, "2026-11-23T09:00:00+08:00"))


def lose_ledger(vault: Vault, _one: Listed, _other: Listed) -> None:
    vault.ledger.unlink()


def spoil(vault: Vault, _one: Listed, _other: Listed) -> None:
    with vault.ledger.open("ab") as file:
        file.write(b"{\n")


@pytest.mark.article("R37")
@pytest.mark.parametrize(
    ("damage", "codes", "located"),
    [
        (flip, ["evidence_changed"], [11]),
        (cut, ["evidence_size"], [11]),
        (swap, ["evidence_swapped", "evidence_swapped"], [11, 13]),
        (lose, ["evidence_missing"], [11]),
        (show, ["vault_open"], [0]),
        (show_all, ["vault_open"], [0]),
        (foreign, ["evidence_foreign"], [0]),
        (older, ["record_older"], [0]),
        (spoil, ["ledger_damaged"], [0]),
        (lose_ledger, ["ledger_missing"], [0]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_damage_is_found_and_located(
    vault: Vault,
    listed: list[Listed],
    damage: Callable[[Vault, Listed, Listed], None],
    codes: list[str],
    located: list[int],
) -> None:
    assert look(vault, listed) == ()
    damage(vault, listed[0], listed[2])
    found = look(vault, listed)
    assert [flaw.code for flaw in found] == codes
    assert [flaw.seq for flaw in found] == located
    assert not any(flaw.notice for flaw in found)
    for flaw, seq in zip(found, located, strict=True):
        if seq:
            assert flaw.case == "c" * 16
            assert flaw.line == f"照片-{seq - 10}"
            assert flaw.line in flaw.message


def test_a_file_that_nobody_journaled_is_a_notice(vault: Vault, listed: list[Listed], tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    kept = vault.take(tmp_path / "new")
    (found,) = look(vault, listed)
    assert (found.code, found.notice) == ("evidence_unknown", True)
    assert kept.sha256 in found.message


def test_a_ledger_older_than_the_record_is_a_notice_that_says_what_it_lacks(vault: Vault, listed: list[Listed]) -> None:
    first, _, third = vault.ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    vault.ledger.write_text(first + third, encoding="utf-8")
    (found,) = look(vault, listed)
    assert (found.code, found.seq, found.case, found.line) == ("ledger_older", 12, "c" * 16, "照片-2")
    assert found.notice  # killed before its last step, too, taking a file in leaves this


def test_what_was_erased_may_not_come_back(vault: Vault, listed: list[Listed]) -> None:
    gone = listed[1].sha256
    vault.forget(gone)
    assert look(vault, listed, erased={gone}) == ()
    source = vault.folder.parent / "2.jpg"
    vault.take(source)
    assert [flaw.code for flaw in look(vault, listed, erased={gone})] == ["evidence_returned"]


def test_quick_reads_no_bytes_but_sees_what_is_missing(vault: Vault, listed: list[Listed]) -> None:
    flip(vault, listed[0], listed[2])
    lose(vault, listed[1], listed[2])
    told: list[tuple[int, int]] = []
    found = look(vault, listed, quick=True, progress=lambda *step: told.append(step))
    assert [flaw.code for flaw in found] == ["evidence_missing"]
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_empty_vault_of_a_city_without_cases_is_whole(tmp_path: Path) -> None:
    assert verify(Vault(tmp_path / "vault"), [], ENTRIES.__contains__) == ()
    assert not (tmp_path / "vault").exists()
