"""Committed files: data/submissions/<department>/<batch>.<ext>, with who sent and who reviewed it beside it, and
<name>.withdraw.yml, by which two persons take a decision down or let it come back.

Safe to run at every rebuild: what was taken in before is recognised by its bytes and left alone, or by how it lies on
the disk and not even read (gongshi.lifecycle.settled); a file that is wrong is reported by name and never stops the
others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from gongshi.instance import Instance, UnknownDepartment
from gongshi.intake.answer.report import Report
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.checking import check_cases
from gongshi.intake.cases.model import CaseReport
from gongshi.intake.cases.recognise import is_case_file
from gongshi.intake.check import check
from gongshi.intake.problems import Problem
from gongshi.law.shapes import mask_shapes
from gongshi.lifecycle import settled as on_disk
from gongshi.lifecycle import sidecars
from gongshi.lifecycle.acts.committed import take_act
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.cases.taking import submit_cases
from gongshi.lifecycle.committed_reviews import CommittedReviews
from gongshi.lifecycle.determined import determined
from gongshi.lifecycle.errors import LifecycleError
from gongshi.lifecycle.laid_down import Committed, attached_to, files_of, is_ignored, strangers
from gongshi.lifecycle.planned import would_be
from gongshi.lifecycle.registry.lookup import look
from gongshi.lifecycle.sidecars import BATCH_SUFFIX, REVIEW_SUFFIX, SECOND_SUFFIX, SUFFIXES, WITHDRAW_SUFFIX, BatchNote
from gongshi.lifecycle.submit import fingerprint, submit
from gongshi.lifecycle.taken_in import FileFault, TakenIn
from gongshi.records.department import Department
from gongshi.store import Store
from gongshi.store.queries import is_seen, remember, same_files

__all__ = ["FileFault", "TakenIn", "take_in"]

T = TypeVar("T")

FOLDER = Path("data") / "submissions"
_BESIDE = (BATCH_SUFFIX, REVIEW_SUFFIX, SECOND_SUFFIX)
"""What may lie beside a data file under its name."""
_UNFORESEEN = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""A fault of ours in reading one file; a store that is busy or full is everybody's."""
_MOST_TOLD = 2_000
"""Errors of one file that are told one by one."""


def take_in(
    store: Store,
    instance: Instance,
    *,
    today: date,
    now: datetime,
    folder: Path | None = None,
    settled: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> TakenIn:
    """Take in what is new under `folder` (data/submissions): each batch with its review, in the order of
    the departments' folders and the files' names. Raises nothing for what the files contain.

    `settled` are states of files of which an earlier pass over this store said that they have nothing more to say.
    `progress` hears how many batches of how many have been looked at.
    """
    run = _Run(store, instance, folder or instance.root / FOLDER, today, now, settled)
    batches = list(run.batches())
    for done, committed in enumerate(batches, start=1):
        run.take(committed)
        progress(done, len(batches))
    for department, path in run.acts:
        run.act(department, path)
    remember(store, run.dealt_with)
    return run.result


class _Run:
    """One pass."""

    def __init__(  # noqa: PLR0917 - as take_in
        self, store: Store, instance: Instance, folder: Path, today: date, now: datetime, settled: Collection[str]
    ) -> None:
        self._store = store
        self._instance = instance
        self._folder = folder
        self._today = today
        self._now = now
        self._settled = settled
        self.result = TakenIn()
        self.dealt_with: list[str] = []
        """Marks of the reviews and acts that have nothing more to say."""
        self._reviews = CommittedReviews(store, instance, today, now, self.dealt_with)
        self.acts: list[tuple[Department, Path]] = []
        """The .withdraw.yml files that were found on the way: their decisions may come with the batches."""

    def batches(self) -> Iterator[Committed]:
        """Every batch that has a known department and a name of its own; the rest is reported."""
        for place in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if place.name.startswith(".") or is_ignored(place):
                continue
            if not place.is_dir():
                self._fault(place, "no_department", "文件应当放在本部门的文件夹里：data/submissions/<部门代码>/")
                continue
            try:
                department = self._instance.department(place.name)
            except UnknownDepartment as error:
                self._fault(place, error.code, f"{error}，文件夹里的文件都没有接收。")
                continue
            for path in strangers(place):
                self._fault(path, "no_file", "这不是文件（是文件夹、链接等），没有接收：请把文件本身直接放在这里。")
            yield from self._of(department, files_of(place))

    def _of(self, department: Department, files: Mapping[str, Path]) -> Iterator[Committed]:
        """One department's batches. A sidecar without its batch, or with two, is reported."""
        data = {name: path for name, path in files.items() if not name.endswith(SUFFIXES)}
        self.acts += [(department, path) for name, path in files.items() if name.endswith(WITHDRAW_SUFFIX)]
        stems: dict[str, list[Path]] = {}
        for path in data.values():
            stems.setdefault(path.stem, []).append(path)
        for name, path in files.items():
            for suffix in _BESIDE:
                if name.endswith(suffix) and name.removesuffix(suffix) not in stems:
                    message = f"没有与它对应的数据文件（应当是 {name.removesuffix(suffix)}.xlsx 等），请核对文件名。"
                    self._fault(path, "orphan_sidecar", message)
        for stem, paths in stems.items():
            if len(paths) > 1:
                names = "、".join(path.name for path in paths)
                self._fault(paths[0], "same_stem", f"几个文件只有扩展名不同（{names}），分不清审核的是哪一个，请改名。")
            else:
                beside = (paths[0].parent / (stem + suffix) for suffix in _BESIDE)
                yield Committed(department, paths[0], *beside)

    def take(self, committed: Committed) -> None:
        """Take in one batch and its review, where they are new."""
        if not self._done(committed.files, committed.department, lambda: self._take(committed)):
            self.result.known += 1

    def _take(self, committed: Committed) -> None:
        receipt = self._guard(committed.data, lambda: self._batch(committed))
        if receipt is not None and committed.review.is_file():
            own = self._guard(committed.review, lambda: self._reviews.own(committed.review, receipt))
            self.result.reviews += own or []
        if receipt is not None and committed.second.is_file():
            second = self._guard(committed.second, lambda: self._reviews.second(committed.second, receipt))
            self.result.second_reviews += second or []

    def act(self, department: Department, path: Path) -> None:
        """Do what one .withdraw.yml says, unless this very file was dealt with before."""
        self._done((path,), department, lambda: self._guard(path, lambda: self._act(department, path)))

    def _done(self, files: Sequence[Path], department: Department, step: Callable[[], object]) -> bool:
        """Do a step that reads no others than `files`, unless these are settled; whether it was done. Where it finds
        no fault they are settled then."""
        state = on_disk.state(files, department.key)
        faults = len(self.result.faults)
        if new := state not in self._settled:
            step()
        if state and len(self.result.faults) == faults:
            self.result.settled.add(state)
        return new

    def _act(self, department: Department, path: Path) -> None:
        raw = path.read_bytes()
        mark = hashlib.sha256(department.key.encode() + b"/withdraw/" + raw).hexdigest()
        if is_seen(self._store, mark):
            return
        wrong = False
        for taken in take_act(self._store, self._instance, department, raw, today=self._today, now=self._now):
            if taken.act is not None:
                self.result.acts.append(taken.act)
            elif taken.code:
                wrong = True
                self._fault(path, taken.code, taken.message)
        if not wrong:
            self.dealt_with.append(mark)

    def _guard(self, path: Path, step: Callable[[], T]) -> T | None:
        """A step whose failure is this file's alone."""
        try:
            return step()
        except (LifecycleError, UnknownDepartment) as error:
            self._fault(path, error.code, str(error))
        except OSError as error:
            self._fault(path, "unreadable", f"文件无法读取（{error.strerror}），请检查权限。")
        except _UNFORESEEN as error:
            self._fault(path, "failed", f"处理时出错（{type(error).__name__}），没有接收，请联系管理员。")
        return None

    def _batch(self, committed: Committed) -> str | None:
        """The receipt of the batch, taken in now or before; None where its check failed."""
        beside = tuple(SourceFile.at(path) for path in (committed.note,) if path.is_file())
        note = self._note(committed)
        data = SourceFile.at(committed.data)
        mark = fingerprint((data, *beside, *committed.attachments()), earlier=note.earlier, evidence=note.evidence)
        known = same_files(self._store, committed.department.key, mark)
        if known is not None:
            self.result.known += 1
            return known
        return self._submit(committed, note, data, beside)

    def _note(self, committed: Committed) -> BatchNote:
        if not committed.note.is_file():
            return BatchNote()
        try:
            return sidecars.read_batch(committed.note.read_bytes())
        except LifecycleError as error:
            raise sidecars.SidecarInvalid(f"{committed.note.name}：{error}") from error

    def _submit(
        self, committed: Committed, note: BatchNote, data: SourceFile, beside: Sequence[SourceFile]
    ) -> str | None:
        if is_case_file(data):
            return self._cases(committed, note, data, beside)
        report = check(
            [data],
            committed.department,
            determined(self._store, self._instance),
            today=self._today,
            earlier=note.earlier,
            evidence=note.evidence,
            adults=note.all_adults,
            known=would_be(self._store, earlier=note.earlier),
            look=look(self._store),
            attachments=attached_to(committed.data),
        )
        if not report.ok:
            self._failed(committed, report)
            return None
        by = note.by or next(iter(committed.department.submitters), "")
        receipt = submit(
            self._store,
            self._instance,
            report.batch(),
            by=by,
            today=self._today,
            now=self._now,
            beside=beside,
            listing=False,
        )
        self.result.receipts.append(receipt)
        return receipt.id

    def _cases(
        self, committed: Committed, note: BatchNote, data: SourceFile, beside: Sequence[SourceFile]
    ) -> str | None:
        """The receipt of case files, which nobody reviews; None where their check failed."""
        known = known_cases(self._store)
        report = check_cases([data], committed.department, self._instance, today=self._today, known=known)
        if not report.ok:
            self._failed(committed, report)
            return None
        by = note.by or next(iter(committed.department.submitters), "")
        receipt = submit_cases(
            self._store, self._instance, report, by=by, today=self._today, now=self._now, beside=beside
        )
        if receipt.again:
            self.result.known += 1
        else:
            self.result.cases.append(receipt)
        return receipt.id

    def _failed(self, committed: Committed, report: Report | CaseReport) -> None:
        wrong = report.error_count
        message = f"检查发现 {wrong} 个错误，整批没有接收。" if wrong else "没有可以接收的内容。"
        errors = (problem for problem in report.problems if problem.is_error)
        self._fault(committed.data, "check_failed", message, islice(errors, _MOST_TOLD))

    def _fault(self, path: Path, code: str, message: str, problems: Iterable[Problem] = ()) -> None:
        name = mask_shapes(_one_line(_shown(path.relative_to(self._folder).as_posix())))
        self.result.faults.append(FileFault(name, code, _shown(message), tuple(problems)))


def _shown(text: str) -> str:
    """A text that can be printed, whatever bytes a file's name is made of (GBK, from an old archive)."""
    return text.encode(errors="replace").decode()


def _one_line(name: str) -> str:
    """A file's name as a line of the log can hold it: nothing in it begins another line."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
