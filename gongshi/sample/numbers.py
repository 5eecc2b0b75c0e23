"""Invented numbers in their true shapes: 统一社会信用代码 that check, identity numbers that do not, plates."""

from __future__ import annotations

from datetime import date
from operator import mul
from random import Random

from stdnum.cn import ric

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_VALUES = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_INVENTED = "MA99"
"""The beginning of every invented organisation code."""

COMPANY_HEAD, TRADER_HEAD, COOPERATIVE_HEAD = "91", "92", "93"


def organisation_check(body: str) -> str:
    """The check character of an organisation code's eight characters (GB 11714)."""
    return "0123456789X0"[11 - sum(map(mul, _ORGANISATION_WEIGHTS, map(_ORGANISATION_VALUES.__getitem__, body))) % 11]


def _credit_check(first: str) -> str:
    """The check character of a credit code's seventeen characters (GB 32100). stdnum's, which the tests hold it
    against, costs a large sample a tenth of its time."""
    return _ALPHABET[-sum(map(mul, _CREDIT_WEIGHTS, map(_CREDIT_VALUES.__getitem__, first))) % 31]


def credit_code(rng: Random, region: str, head: str = COMPANY_HEAD) -> str:
    """A 统一社会信用代码 with right check characters (GB 32100) and an invented organisation part."""
    body = _INVENTED + "".join(rng.choices(_ALPHABET, k=4))
    first = head + region + body + organisation_check(body)
    return first + _credit_check(first)


def identity_number(rng: Random, region: str, born: date) -> str:
    """An identity number whose check digit is always wrong, so that it is nobody's."""
    body = f"{region}{compact(born)}{rng.randrange(1, 1000):03d}"
    return body + rng.choice("0123456789X".replace(ric.calc_check_digit(body + "0"), ""))


def compact(day: date) -> str:
    """YYYYMMDD."""
    return day.isoformat().replace("-", "")


def plate(rng: Random) -> str:
    """A plate of 松原 (吉J)."""
    return "吉J" + "".join(rng.choices("ABCDEFGH0123456789", k=4)) + rng.choice("0123456789")


def lot(rng: Random, on: date) -> str:
    """A batch or report number."""
    return f"{rng.choice(('', 'SY', 'JL', 'B', 'No.', 'W'))}{compact(on)}{rng.randrange(1, 400):03d}"


def model(rng: Random) -> str:
    """A model or a specification."""
    letters = "".join(rng.choices("ABCDGHKLMQSTXYZ", k=2))
    return f"{letters}{rng.randrange(1, 60) * 5}{rng.choice(('', '-A', '-2', 'G', '/380', 'L'))}"
