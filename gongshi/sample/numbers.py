"""Invented numbers in their true shapes: 统一社会信用代码 that check, identity numbers that do not, plates."""

from __future__ import annotations

from datetime import date
from random import Random

from stdnum.cn import ric, uscc

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_INVENTED = "MA99"
"""The beginning of every invented organisation code."""

COMPANY_HEAD, TRADER_HEAD, COOPERATIVE_HEAD = "91", "92", "93"


def organisation_check(body: str) -> str:
    """The check character of an organisation code's eight characters (GB 11714)."""
    total = sum(
        weight * _ORGANISATION_VALUES.index(char) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def credit_code(rng: Random, region: str, head: str = COMPANY_HEAD) -> str:
    """A 统一社会信用代码 with right check characters (GB 32100) and an invented organisation part."""
    body = _INVENTED + "".join(rng.choices(_ALPHABET, k=4))
    first = head + region + body + organisation_check(body)
    return first + str(uscc.calc_check_digit(first))


def identity_number(rng: Random, region: str, born: date) -> str:
    """An identity number whose check digit is always wrong, so that it is nobody's."""
    body = f"{region}{born:%Y%m%d}{rng.randrange(1, 1000):03d}"
    return body + rng.choice([char for char in "0123456789X" if char != ric.calc_check_digit(body)])


def plate(rng: Random) -> str:
    """A plate of 松原 (吉J)."""
    return "吉J" + "".join(rng.choices("ABCDEFGH0123456789", k=4)) + rng.choice("0123456789")


def lot(rng: Random, on: date) -> str:
    """A batch or report number."""
    return f"{rng.choice(('', 'SY', 'JL', 'B', 'No.', 'W'))}{on:%Y%m%d}{rng.randrange(1, 400):03d}"


def model(rng: Random) -> str:
    """A model or a specification."""
    letters = "".join(rng.choices("ABCDGHKLMQSTXYZ", k=2))
    return f"{letters}{rng.randrange(1, 60) * 5}{rng.choice(('', '-A', '-2', 'G', '/380', 'L'))}"
