"""The attachments that the records of a batch name: looked at once each, and what is wrong with them told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gongshi.intake.attachments.attaching import Attached, Attachments, value_of
from gongshi.intake.attachments.folder import gather
from gongshi.intake.batch import Attachment, SourceFile
from gongshi.intake.problems import Place, Wrong
from gongshi.intake.registry.record import Finding, Record
from gongshi.records.decision import nested
from gongshi.records.field import Field, FieldType

_MIB = 1 << 20


class Attaching:
    """The folder of one batch. `tell` tells what is no single record's, at `place`."""

    def __init__(self, folder: Path | None, most_mib: int, tell: Callable[..., None], place: Place) -> None:
        self._tell, self._place = tell, place
        files: Mapping[str, SourceFile] = {}
        self._unusable = False
        try:
            files = gather(folder)
        except Wrong as wrong:
            self._unusable = True
            self._tell(wrong.code, place, **wrong.words)
        self._attachments = Attachments(files, most_bytes=most_mib * _MIB)

    def fill(self, record: Record) -> None:
        """Put what the record names into its value, in its published form."""
        for field in _files_of(record):
            if field.name in record.failed:
                continue
            rows = record.tables[field.name]
            named = [row.cells for row in rows] if rows else record.values[field.name]
            record.values[field.name] = None
            if named and self._unusable:  # one mistake is told once
                record.failed.add(field.name)
                record.wrong = True
                continue
            try:
                found = list(self._attachments.each_attached(named))
            except Wrong as wrong:
                found = [wrong]
            for one in found:
                self._tell_of(one, field, record)
            right = [one for one in found if not isinstance(one, Wrong)]
            record.values[field.name] = value_of(right) if len(right) == len(found) else None

    @staticmethod
    def _tell_of(one: Attached | Wrong, field: Field, record: Record) -> None:
        """What is wrong with a file, or what a person must look at."""
        if isinstance(one, Wrong):
            record.failed.add(field.name)
            words = {"detail": "里的附件要写成 名称=文件名，或者 名称、文件 两项"} | one.words
            record.tell(Finding(one.code, field.name, words))
            return
        for note in one.clean.notes:
            record.tell(Finding("W602", field.name, {"value": one.original.name, "note": note.rstrip("。")}))

    def tell_unused(self) -> None:
        """W601: what lies in the folder and is named by nothing."""
        for name in self._attachments.unused:
            self._tell("W601", self._place, name)

    def kept(self, records: Iterable[Record]) -> tuple[Attachment, ...]:
        """What is to be kept of the batch: what its right records name."""
        named = {row["sha256"] for one in records for field in _files_of(one) for row in nested(one.values[field.name])}
        found = ((sent, SourceFile(clean.name, clean.content)) for sent, clean in self._attachments.used)
        return tuple((sent, clean) for sent, clean in found if clean.sha256 in named)


def _files_of(record: Record) -> Iterator[Field]:
    return (field for field in record.kind.fields if field.type is FieldType.FILES)
