"""What the door's templates show: one typed context per template (correct.html, correct-receipt.html, …)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongshi.door.built import BuiltDecision
from gongshi.door.form import TRAP, Filled
from gongshi.door.receipt import Receipt
from gongshi.door.states import PublishedState
from gongshi.records.request import CAPACITY_LABELS, LARGEST_FILE, MOST_FILES, QUESTIONS, STATE_LABELS
from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb, Head, Site

HEADING = "申请更正"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """One field as it is shown: its question, what was typed, what is wrong with it."""

    name: str
    label: str
    help: str
    longest: int
    lines: int
    autocomplete: str
    value: str
    problem: str

    @property
    def described_by(self) -> str:
        """The ids of the texts that describe it to a screen reader."""
        helps = [f"{self.name}-help"] if self.help else []
        return " ".join([*helps, *([f"{self.name}-problem"] if self.problem else [])])


@dataclass(frozen=True)
class CorrectPage(Page):
    """correct.html: the form. `alert` is said above it; `problems` lists (field, message) in the form's order."""

    decision: BuiltDecision
    token: str
    fields: tuple[Asked, ...]
    capacities: Mapping[str, str]
    capacity: str
    problem_of: Mapping[str, str]
    problems: tuple[tuple[str, str], ...]
    alert: str
    most_files: int
    megabytes: int
    trap: str


@dataclass(frozen=True)
class ReceiptPage(Page):
    """correct-receipt.html: number and secret, shown this once. `again` says that the form came twice."""

    decision: BuiltDecision
    number: str
    secret: str
    received: str
    files: int
    again: bool


@dataclass(frozen=True)
class StatePage(Page):
    """correct-status.html: the form that asks for number and secret, and the state where they fit."""

    number: str
    alert: str
    state: PublishedState | None
    label: str


@dataclass(frozen=True)
class TroublePage(Page):
    """correct-trouble.html: the door can not receive, or does not take what was sent."""

    heading: str
    message: str
    decision: BuiltDecision | None


def correct_page(site: Site, decision: BuiltDecision, token: str, form: Filled, alert: str = "") -> CorrectPage:
    """The form for one decision, as it was filled in."""
    fields = tuple(
        Asked(
            one.name,
            one.label,
            one.help,
            one.longest,
            one.lines,
            one.autocomplete,
            form.answers.get(one.name, ""),
            form.problems.get(one.name, ""),
        )
        for one in QUESTIONS
    )
    wrong = len(form.problems)
    order = ("capacity", *(one.name for one in QUESTIONS), "files", TRAP)
    return CorrectPage(
        site=site,
        head=_head(f"有 {wrong} 处需要修改 - {HEADING}" if wrong else HEADING, f"/correct/{decision.id}"),
        crumbs=(Crumb("首页", "/"), Crumb("该决定", decision.href), Crumb(HEADING)),
        updated_on=decision.updated_on,
        decision=decision,
        token=token,
        fields=fields,
        capacities={capacity.value: label for capacity, label in CAPACITY_LABELS.items()},
        capacity=form.capacity,
        problem_of={name: form.problems.get(name, "") for name in order},
        problems=tuple((name, form.problems[name]) for name in order if name in form.problems),
        alert=alert,
        most_files=MOST_FILES,
        megabytes=LARGEST_FILE // _MEGABYTE,
        trap=TRAP,
    )


def receipt_page(  # noqa: PLR0917
    site: Site, decision: BuiltDecision, receipt: Receipt, received: str, files: int, again: bool
) -> ReceiptPage:
    """The receipt of a request."""
    return ReceiptPage(
        site=site,
        head=_head("更正申请已收到", f"/correct/{decision.id}"),
        crumbs=(Crumb("首页", "/"), Crumb("该决定", decision.href), Crumb("已收到")),
        updated_on=decision.updated_on,
        decision=decision,
        number=receipt.number,
        secret=receipt.secret,
        received=received,
        files=files,
        again=again,
    )


def state_page(
    site: Site, updated_on: str, number: str = "", alert: str = "", state: PublishedState | None = None
) -> Page:
    """The question about a state, and its answer; `updated_on` is the site's own day."""
    return StatePage(
        site=site,
        head=_head("更正申请办理情况", "/correct/status"),
        crumbs=(Crumb("首页", "/"), Crumb("更正申请办理情况")),
        updated_on=updated_on,
        number=number,
        alert=alert,
        state=state,
        label=STATE_LABELS[state.state] if state else "",
    )


def trouble_page(site: Site, heading: str, message: str, decision: BuiltDecision | None) -> TroublePage:
    """A page that says what can be done instead."""
    return TroublePage(
        site=site,
        head=_head(heading, "/correct/"),
        crumbs=(Crumb("首页", "/"), Crumb(heading)),
        updated_on=decision.updated_on if decision else "",
        heading=heading,
        message=message,
        decision=decision,
    )


def _head(title: str, path: str) -> Head:
    return Head(title=title, path=path, section="", column="更正申请")
