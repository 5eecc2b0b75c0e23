"""The commands on their shelf: a module is imported when one of its commands is wanted.

A rebuild every ten minutes then never waits for what makes templates, answers requests or audits a server.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

MODULES = {
    "answering": ("door", "inbox-key", "requests", "request", "answer"),
    "auditing": ("audit",),
    "casing": ("case",),
    "deciding": ("setup",),
    "ending": ("withdraw", "suspend", "restore", "erase", "confirm", "decline", "choose"),
    "explaining": ("explain",),
    "lawful": ("legal",),
    "instructing": ("instruct",),
    "proving": ("evidence",),
    "publishing": ("rebuild", "build", "serve"),
    "registering": ("uphold",),
    "reporting": ("report", "annual"),
    "reviewing": ("review",),
    "sampling": ("sample",),
    "submitting": ("check", "submit", "template"),
    "supervising": ("verify", "due"),
}
"""Each module of this package that has commands, and which."""


class Shelf(MutableMapping[str, click.Command]):
    """Every command by its name; importing its module puts it here."""

    def __init__(self) -> None:
        self._modules = {name: module for module, names in MODULES.items() for name in names}
        self._here: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._here:
            import_module(f"gongshi.cli.{self._modules[name]}")
        return self._here[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        del self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)
