"""The current lines of one case, made ready for what requirements ask of them."""

from __future__ import annotations

from collections.abc import Sequence

from gongshi.law.recording.model import Case, Line

OF_CASE = "case."
"""How requirements write a field of the case itself."""
OF_MEDIUM = "*:"
"""How they write any line of a medium."""


class File:
    """The current lines of a case, `found` by what they are and by medium (`*:video`), and by what they accompany;
    `fields` are the case's own that are filled, as requirements write them (`case.facts`)."""

    def __init__(self, case: Case, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.fields = frozenset([OF_CASE + name for name in case.filled])
        self.found: dict[str, list[Line]] = {}
        self._about: dict[str, list[str]] = {}
        for line in lines:
            self.found.setdefault(line.what, []).append(line)
            self.found.setdefault(OF_MEDIUM + line.medium, []).append(line)
            if line.about:
                self._about.setdefault(line.about, []).append(line.medium)

    def of(self, tokens: Sequence[str]) -> Sequence[Line]:
        """The lines of these tokens (`*:video`: of that medium), each once, in the order of the tokens."""
        if len(tokens) == 1:
            return self.found.get(tokens[0], ())
        lines = [line for token in tokens for line in self.found.get(token, ())]
        return lines if len(lines) <= 1 else list({id(line): line for line in lines}.values())

    def media(self, line: Line) -> set[str]:
        """In what a line was recorded: its own medium and those of the lines about it."""
        return {line.medium, *self._about.get(line.line, ())}
