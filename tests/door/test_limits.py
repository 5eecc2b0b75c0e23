"""How often one may ask, how long a form is good, how slowly it may come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from gongshi.door.errors import TooLarge, TooOften, TooSlow
from gongshi.door.limits import Limit, Limits, Settings, household
from gongshi.door.reading import LARGEST_FORM, read_form
from gongshi.door.receipt import make_receipt, status_hash
from gongshi.door.tokens import LASTS, Tokens

MULTIPART = "multipart/form-data; boundary=x"


def test_a_limit_counts_each_key_for_itself_and_forgets_in_time() -> None:
    now = [0.0]
    limit = Limit(2, 10, lambda: now[0])
    for _ in range(2):
        assert not limit.is_full("a")
        limit.count("a")
        now[0] += 4
    assert limit.is_full("a")
    assert not limit.is_full("b")
    now[0] = 10.5
    assert not limit.is_full("a")


def test_an_address_is_not_kept_as_it_is() -> None:
    limit = Limit(2, 10)
    limit.count("192.0.2.7")
    assert "192.0.2.7" not in repr(vars(limit))
    assert b"192.0.2.7" not in b"".join(limit._seen)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert household(address) == counted


def test_a_token_is_good_for_its_process_and_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens()
    made = tokens.new()
    assert tokens.holds(made, made)
    assert not tokens.holds(made, tokens.new())
    assert not Tokens().holds(made, made)
    assert tokens.again(made) == made
    later = time.time() + LASTS / 2 + 2
    monkeypatch.setattr("time.time", lambda: later)
    assert tokens.holds(made, made)
    assert tokens.again(made) != made
    monkeypatch.setattr("time.time", lambda: later + LASTS)
    assert not tokens.holds(made, made)


def test_number_and_secret_are_found_by_one_hash_however_they_are_typed() -> None:
    from datetime import date

    made = make_receipt(b"k" * 32, b"said", date(2026, 3, 2))
    assert made == make_receipt(b"k" * 32, b"said", date(2026, 3, 2))
    assert made != make_receipt(b"j" * 32, b"said", date(2026, 3, 2))
    typed = [made.number.lower(), made.number.replace("-", " "), "　".join(made.number), made.number.replace("G", "Ｇ")]
    assert {status_hash(number, made.secret.lower()) for number in typed} == {made.status}
    assert status_hash(made.number + made.secret, "") != made.status


async def _slow() -> AsyncIterator[bytes]:
    yield b"--x\r\n"
    await asyncio.sleep(5)


async def _endless() -> AsyncIterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    for _ in range(LARGEST_FORM // 65536 + 1):
        yield b"\0" * 65536


def test_a_form_that_does_not_come_is_not_waited_for() -> None:
    with pytest.raises(TooSlow):
        asyncio.run(read_form(MULTIPART, _slow(), patience=0.05))


def test_a_form_without_end_is_not_listened_to() -> None:
    with pytest.raises(TooLarge):
        asyncio.run(read_form(MULTIPART, _endless()))


def test_slow_forms_of_one_address_leave_room_for_others() -> None:
    limits = Limits(Settings())

    async def come() -> None:
        async with limits.busy("a"), limits.busy("a"), limits.busy("b"):
            with pytest.raises(TooOften):
                async with limits.busy("a"):
                    pass
        async with limits.busy("a"):
            pass

    asyncio.run(come())
    assert not limits._coming
