"""Case files through the doors of submissions: `check` and `submit` hand them over here."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from gongshi.cli.base import Run
from gongshi.instance import Instance, load
from gongshi.intake.cases.answer import marked, next_step, render_text, to_json
from gongshi.intake.cases.checking import check_cases
from gongshi.intake.cases.model import CaseReport
from gongshi.intake.cases.recognise import any_case_file
from gongshi.intake.check import named
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.registry.lookup import look


@dataclass(frozen=True, slots=True)
class Checked:
    """A batch of case files that was checked."""

    instance: Instance
    report: CaseReport

    def text(self, *, submitting: bool) -> str:
        """For the submitter, in Chinese."""
        return f"{render_text(self.report)}\n{next_step(self.report, submitting=submitting)}"

    def mark(self, target: Path | None) -> None:
        """Write the first file with its wrong cells marked, where that was asked for."""
        if target and self.report.files:
            target.write_bytes(marked(self.report.files[0], self.report))
            click.echo(f"标出错误的工作簿：{target}", err=True)

    @property
    def json(self) -> dict[str, object]:
        """For machines."""
        return to_json(self.report)


def checked(run: Run, files: Sequence[Path], department: str, unused: Mapping[str, object]) -> Checked | None:
    """The check of a batch of case files, against what the store has of them; None where it holds none.

    `unused` are options that mean nothing to case files, with what was written.
    """
    sources = named(files)
    if not any_case_file(sources):
        return None
    if given := [name for name, value in unused.items() if value]:
        raise click.UsageError(f"{'、'.join(given)} 不用于案卷：案卷整批接收或者整批不接收，错误按表和行列在检查报告里")
    instance = load(run.root)
    arguments = (sources, instance.department(department), instance)
    if not run.place.store.exists():
        return Checked(instance, check_cases(*arguments, today=run.today))
    with run.store(read_only=True) as store:
        return Checked(instance, check_cases(*arguments, today=run.today, known=known_cases(store), look=look(store)))


def submit(run: Run, found: Checked, *, by: str) -> None:
    """Take the batch in and print its receipt; where it has errors, the report, with exit status 1."""
    if not found.report.ok:
        run.say(found.text(submitting=True), found.json if run.json else None)
        sys.exit(1)
    with run.store() as store:
        receipt = submit_cases(store, found.instance, found.report, by=by, today=run.today, now=run.now)
    told = render_text(found.report) if found.report.problems else ""
    said = {**receipt.to_json(), "check": found.json} if run.json else None
    run.say("\n".join(filter(None, (told, receipt.render_text()))), said)
