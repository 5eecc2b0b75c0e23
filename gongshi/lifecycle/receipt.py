"""What a submitter gets back for a batch: counted, compared with what was there, with what to look at."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

import orjson

from gongshi.instance import Instance
from gongshi.intake.collected import CHANGE_LABELS
from gongshi.lifecycle import naming
from gongshi.lifecycle.diff import FieldChange, changes
from gongshi.lifecycle.digest import digest, in_context
from gongshi.lifecycle.errors import UnknownReceipt
from gongshi.lifecycle.merge import match, spread
from gongshi.lifecycle.registry.second import told as told_by_others
from gongshi.lifecycle.registry.told import cited
from gongshi.lifecycle.similar import similar_to_down
from gongshi.records import REGISTRY_KINDS
from gongshi.records.decision import Decision
from gongshi.store import Store
from gongshi.store.operations import APPROVED, RETURNED
from gongshi.store.queries import StoredBatch, batch, decision_of
from gongshi.store.sqlite import Row

RESULT_LABELS = {APPROVED: "审核通过", RETURNED: "退回修改"}

_LISTED = 50
_MOST_LISTED = 20_000
"""Decisions that a receipt lists one by one, also for the reviewer and as JSON: a million would fill the memory."""
_NAMES_UP_TO = 2000
"""Batches larger than this get their possible names with the review, not with the receipt: looking for
them takes longer than all the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptEntry:
    """One received decision. `added_parties` are those that its stored version did not have;
    `possible_names` the words in its text that the reviewer has to decide about, `names_in_context` the
    same with the words around them; `digest` what the decision says, in a few lines."""

    id: str
    kind: str
    number: str
    version: int
    change: str
    changes: tuple[FieldChange, ...]
    added_parties: tuple[str, ...]
    possible_names: tuple[str, ...]
    names_in_context: tuple[str, ...]
    digest: tuple[str, ...]

    def render_text(self, *, for_review: bool = False) -> Iterator[str]:
        """Its lines in Chinese, with what it says where it is to be reviewed."""
        kind = REGISTRY_KINDS.get(self.kind)  # an item and its guide have one number
        yield f"  [{CHANGE_LABELS[self.change]}] {f'{kind.label}　' if kind else ''}{self.number}"
        if for_review:
            yield from (f"      {line}" for line in self.digest)
        yield from (f"      {change.render_text()}" for change in self.changes)
        if self.added_parties and self.change != "added":
            names = "、".join(self.added_parties)
            yield f"      新增行政相对人：{names}（如属更正，请填“更正前的行政相对人名称”后重报）"
        if self.possible_names:
            words = self.names_in_context if for_review else self.possible_names
            yield f"      请审核人确认是否人名：{'、'.join(words)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The receipt of one batch. `counts` has every word of CHANGE_LABELS; `again` says that these files
    had been received before, under this very receipt, and nothing was changed. `left_out` counts the
    received decisions that `entries` does not list. `names_listed` is false
    where the batch is so large that possible names are listed with its review only. `result` is empty
    until the review; `second` says, in Chinese, what other bodies review of it (D22, D23)."""

    id: str
    department: str
    by: str
    received_on: date
    earlier: bool
    files: tuple[str, ...]
    rows: int
    counts: Mapping[str, int]
    warnings: tuple[str, ...]
    entries: tuple[ReceiptEntry, ...]
    left_out: int = 0
    names_listed: bool = True
    again: bool = False
    result: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    opinion: str = ""
    second: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """All of it as JSON types."""
        reviewed_on = self.reviewed_on.isoformat() if self.reviewed_on else None
        return {**asdict(self), "received_on": self.received_on.isoformat(), "reviewed_on": reviewed_on}

    def _counts(self, word: str) -> bool:
        """Whether the count is told: what was erased by law only where it is sent again."""
        return word != "barred" or self.counts[word] > 0

    def _told_where(self, *, for_review: bool) -> str:
        """Where those decisions stand that are not listed."""
        if not self.left_out:
            return "用 --json 查看。"
        if not for_review:
            return "在审核时列出。"
        return f"（--json 列出前 {len(self.entries)} 件，此后的请对照报送的文件；审核通过后列出尚未确认的疑似姓名）。"

    def render_text(self, limit: int = _LISTED, *, for_review: bool = False) -> str:
        """For the submitter or the reviewer, in Chinese; at most `limit` decisions one by one."""
        counted = "，".join(
            f"{label} {self.counts[word]} 件" for word, label in CHANGE_LABELS.items() if self._counts(word)
        )
        lines = [
            f"回执 {self.id}" + ("（这些文件此前已接收，没有改动任何内容）" if self.again else ""),
            f"  提交人：{self.by}　接收日期：{self.received_on}" + ("　历史数据补录" if self.earlier else ""),
            f"  文件：{'、'.join(self.files)}（{self.rows} 行）",
            f"  {counted}",
            *(f"  注意：{warning}" for warning in self.warnings),
        ]
        for entry in self.entries[:limit]:
            lines.extend(entry.render_text(for_review=for_review))
        if more := len(self.entries[limit:]) + self.left_out:
            lines.append(f"  其余 {more} 件{self._told_where(for_review=for_review)}")
        if not self.names_listed:
            lines.append("  这一批较大，可能是人名的词在审核时列出。")
        if self.result:
            opinion = f"：{self.opinion}" if self.opinion else ""
            lines.append(f"  {RESULT_LABELS[self.result]}（{self.reviewed_by}，{self.reviewed_on}）{opinion}")
        elif self.entries:
            lines.append("  以上内容经本部门审核人审核通过后公示。")
        lines.extend(f"  {line}" for line in self.second)
        return "\n".join(lines)


def _entry(row: Row, before: Decision | None, not_names: Container[str] | None, *, told: bool = True) -> ReceiptEntry:
    """What the receipt says of one received version, against the version that was newest before it."""
    decision = Decision.from_payload(orjson.loads(row["body"])["decision"])
    names = naming.undecided(decision, not_names) if not_names is not None else ()
    return ReceiptEntry(
        id=row["id"],
        kind=decision.kind,
        number=cited(decision),
        version=row["seq"],
        change=row["change"],
        changes=changes(before, decision) if before else (),
        added_parties=_added(before, decision) if before else (),
        possible_names=names,
        names_in_context=in_context(decision, names),
        digest=digest(decision) if told else (),
    )


def _added(before: Decision, decision: Decision) -> tuple[str, ...]:
    """The parties that the version before did not have."""
    places = match(spread(before), spread(decision))
    return tuple(
        party.get("party_name") or "" for party, place in zip(decision.parties, places, strict=True) if place is None
    )


_RECEIVED = (
    "SELECT seq, id, base, change, body FROM versions JOIN payloads USING (seq) WHERE batch = ? ORDER BY seq LIMIT ?"
)
"""The batch's versions that were not erased, in the order of its files."""
_COUNT = "SELECT count(*) FROM versions JOIN payloads USING (seq) WHERE batch = ?"


def receipt(
    store: Store,
    instance: Instance,
    receipt_id: str,
    *,
    again: bool = False,
    brief: bool = False,
    listing: bool = True,
) -> Receipt:
    """The receipt of a batch, from what the store holds; of a very large one `brief` has the first decisions only,
    without the digests, which its reviewer is shown, though no more than 20,000. Without `listing` it only counts.
    Raises UnknownReceipt."""
    stored = batch(store, receipt_id)
    if stored is None:
        raise UnknownReceipt(f"没有编号为 {receipt_id} 的回执，请核对。")
    count = store.db.execute(_COUNT, (receipt_id,)).fetchone()[0]
    small = count <= _NAMES_UP_TO
    words = instance.not_names if small else None
    listed = 0 if not listing else count if small else _LISTED if brief else _MOST_LISTED
    rows = store.db.execute(_RECEIVED, (receipt_id, listed)).fetchall()
    return Receipt(
        id=stored.receipt,
        department=stored.department,
        by=stored.by,
        received_on=stored.received_on,
        earlier=stored.earlier,
        files=tuple(str(file["name"]) for file in stored.files),
        rows=stored.rows,
        counts=stored.counts,
        warnings=(*_warnings(store, stored), *similar_to_down(store, stored)),
        entries=tuple(
            _entry(row, decision_of(store, row["base"]) if row["base"] else None, words, told=small or not brief)
            for row in rows
        ),
        left_out=count - len(rows),
        names_listed=small and listing,
        again=again,
        result=stored.result,
        reviewed_by=stored.reviewed_by,
        reviewed_on=stored.reviewed_on,
        opinion=stored.opinion,
        second=tuple(told_by_others(store, instance, stored)),
    )


def _warnings(store: Store, stored: StoredBatch) -> tuple[str, ...]:
    body = store.db.execute("SELECT body FROM payloads WHERE seq = ?", (stored.seq,)).fetchone()["body"]
    return tuple(orjson.loads(body)["warnings"])
