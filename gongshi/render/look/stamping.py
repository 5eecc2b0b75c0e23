"""A template printed once for each form of what it shows, and stamped with the values of everything else of that form.

Two decisions' pages differ in words and seldom in which lines there are. Jinja prints such a form once, with slots in
place of its values; what lies between the slots is kept as bytes, and the values of the next page of that form are
escaped and put between them. So the template stays the only source of HTML, and a page takes a fifth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NoReturn

from jinja2 import Environment
from jinja2.exceptions import TemplateError, UndefinedError

from gongshi.render.look.compiling import put

Filter = Callable[[Any], Any]
Printing = Callable[[Sequence[Any]], dict[str, Any]]
"""From values, or slots in their places, to a template's variables."""

_MOST = 2_000
"""Forms that are kept; about a page's weight each."""
_SLOT = re.compile("\ue000(\\d+)\ue001")
_BETWEEN = "\N{ASTERISM}"
"""Stands between values that are escaped together."""


class Slot:
    """The place of a value that is not empty. A template may show it, filter it, and ask whether it is there."""

    __slots__ = ("_number", "_shown", "_through", "_value")

    def __init__(self, shown: list[tuple[int, Filter]], value: int, through: Filter = put) -> None:
        """`shown` gets to know which value is shown through which filters; `value` is its number among all."""
        self._shown, self._value, self._through = shown, value, through
        self._number = len(shown)
        shown.append((value, through))

    def filtered(self, further: Filter) -> Slot:
        """The place of what a filter makes of the value."""
        through = self._through
        return Slot(self._shown, self._value, further if through is put else lambda value: further(through(value)))

    def __html__(self) -> str:
        return f"\ue000{self._number}\ue001"

    __str__ = __html__

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a form says nothing of its values")

    __hash__ = None  # type: ignore[assignment]


def _as_it_is(value: Any) -> Any:
    """Of what is no text; `put` escapes it where it is no HTML."""
    return value


class Form:
    """A page with slots, and how each of them is filled."""

    def __init__(self, page: bytes, shown: Sequence[tuple[int, Filter]]) -> None:
        pieces = _SLOT.split(page.decode())
        self._page = [piece.encode() for piece in pieces]
        used = [shown[int(number)] for number in pieces[1::2]]
        self._plain = sorted({value for value, through in used if through is put})
        self._made = [one for one in used if one[1] is not put]
        places = {value: at for at, value in enumerate(self._plain)}
        made = iter(range(len(places), len(places) + len(self._made)))
        self._order = [places[value] if through is put else next(made) for value, through in used]

    def stamp(self, values: Sequence[Any]) -> bytes:
        """The page with these values."""
        texts = _escaped([values[at] for at in self._plain])
        texts += [put(through(values[at])).encode() for at, through in self._made]
        page = self._page.copy()
        page[1::2] = [texts[at] for at in self._order]
        return b"".join(page)


def _escaped(values: list[str]) -> list[bytes]:
    """Each text as it may stand in a page: all of them at once, where none holds what stands between them."""
    joined = _BETWEEN.join(values)
    if joined.count(_BETWEEN) == len(values) - 1:
        return put(joined).encode().split(_BETWEEN.encode())
    return [put(value).encode() for value in values]


class Forms:
    """The forms of one environment's templates that were met so far."""

    def __init__(self, env: Environment, dress: Callable[[str], bytes] = str.encode) -> None:
        """`dress` makes bytes of what a template prints: it puts a page into its shell."""
        self._env, self._dress = env, dress
        self._slotted = env.overlay()
        self._slotted.filters = {name: _through(found) for name, found in env.filters.items()}
        self._forms: dict[Hashable, Form | None] = {}

    def print(self, template: str, form: Hashable, values: Sequence[Any], printing: Printing) -> bytes:
        """What `template` makes of `printing(values)`; with "rows.html:line" that is the macro of that name.

        `form` says all that differs beside the values. A template that asks more of a value than a slot knows is
        printed as Jinja does it, page by page.
        """
        key = (template, form, bytes(map(bool, values)))
        try:
            found = self._forms[key]
        except KeyError:
            found = self._remember(key, template, values, printing)
        return found.stamp(values) if found else self._plainly(template, values, printing)

    def _remember(self, key: Hashable, template: str, values: Sequence[Any], printing: Printing) -> Form | None:
        if len(self._forms) >= _MOST:
            self._forms.clear()
        found = self._form(template, values, printing)
        if found and found.stamp(values) != self._plainly(template, values, printing):
            found = None
        self._forms[key] = found
        return found

    def _form(self, template: str, values: Sequence[Any], printing: Printing) -> Form | None:
        shown: list[tuple[int, Filter]] = []
        slots = [
            Slot(shown, at, put if type(value) is str else _as_it_is) if value else value
            for at, value in enumerate(values)
        ]
        try:
            return Form(self._dress(_rendered(self._slotted, template, printing(slots))), shown)
        except (TypeError, AttributeError, ValueError, TemplateError):
            return None

    def _plainly(self, template: str, values: Sequence[Any], printing: Printing) -> bytes:
        return self._dress(_rendered(self._env, template, printing(values)))


def _rendered(env: Environment, template: str, variables: dict[str, Any]) -> str:
    name, _, macro = template.partition(":")
    found = env.get_template(name)
    if not macro:
        return found.render(variables)
    if macro not in vars(found.module):
        raise UndefinedError(f"{name} has no macro “{macro}”")
    return str(getattr(found.module, macro)(**variables))


def _through(found: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that leaves a slot for what it would make of its value."""
    if hasattr(found, "jinja_pass_arg"):
        return found

    def through(value: Any, *others: Any, **named: Any) -> Any:
        if isinstance(value, Slot):
            return value.filtered(lambda later: found(later, *others, **named))
        return found(value, *others, **named)

    return through
