"""Another body's review that is committed as a file beside the batch: <batch>.second.yml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle import TakenIn, take_in
from gongshi.lifecycle.sidecars import SidecarInvalid, read_second
from gongshi.store import Store, verify
from gongshi.store.registered import registered

pytestmark = pytest.mark.article("D22")

DEPARTMENT = "112207000135491313"
REVIEW = "reviewer: 孙审核\nresult: 审核通过\ndate: 2026-03-02\n"
SECOND = "department: 松原市司法局\nreviewer: 钟示公\nresult: 审核通过\ndate: 2026-03-03\nopinion: 同意\n"
CONTENT = b"the items as they were sent"


@pytest.fixture
def folder(tmp_path: Path, send: Callable, item: Callable) -> Path:
    """The department's folder: its list, sent before from these very bytes, and its own review."""
    place = tmp_path / "submissions" / DEPARTMENT
    place.mkdir(parents=True)
    (place / "items.xlsx").write_bytes(CONTENT)
    (place / "items.review.yml").write_text(REVIEW, encoding="utf-8")
    send(item(), raw=CONTENT)
    return place


@pytest.fixture
def take(store: Store, instance: Instance, folder: Path) -> Callable[..., TakenIn]:
    def do(text: str = SECOND, day: date = date(2026, 3, 4)) -> TakenIn:
        (folder / "items.second.yml").write_text(text, encoding="utf-8")
        now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        return take_in(store, instance, today=day, now=now, folder=folder.parent)

    return do


def test_the_file_endorses_what_the_department_reviewed(store: Store, take: Callable) -> None:
    found = take()
    assert found.faults == []
    assert [(one.by, one.passed, str(one.on)) for one in found.second_reviews] == [("钟示公", 1, "2026-03-03")]
    assert "第二道审核 1 个" in found.render_text()
    (one,) = registered(store)
    assert one.newest.endorsed is not None
    assert take().second_reviews == []
    assert verify(store).ok


def test_a_file_from_before_a_change_does_not_endorse_what_came_after(
    store: Store, take: Callable, folder: Path, send: Callable, item: Callable
) -> None:
    take()
    changed = b"other items"
    send(item(powers="立案"), raw=changed)
    (folder / "items.xlsx").write_bytes(changed)
    (folder / "items.review.yml").write_text(REVIEW.replace("03-02", "03-04"), encoding="utf-8")
    (fault,) = take().faults
    assert (fault.file.rpartition("/")[2], fault.code) == ("items.second.yml", "review_stale")
    assert take(SECOND.replace("03-03", "03-04")).faults == []
    (one,) = registered(store)
    assert one.decision.values["powers"] == "立案"


@pytest.mark.article("D23")
def test_a_batch_with_the_lists_of_two_bodies_has_both_reviews_in_one_file(  # noqa: PLR0917
    store: Store, take: Callable, folder: Path, send: Callable, item: Callable, record: Callable
) -> None:
    both = b"items of both sorts"
    send(item("2207-CF-009"), record("random_inspection_item", code="2207-JC-001", name="食品抽查"), raw=both)
    (folder / "items.xlsx").write_bytes(both)
    market = SECOND.replace("松原市司法局", "松原市市场监督管理局").replace("钟示公", "郑示正")
    found = take("".join("- " + text.replace("\n", "\n  ").rstrip() + "\n" for text in (SECOND, market)))
    assert found.faults == []
    assert [one.kinds for one in found.second_reviews] == [("enforcement_item",), ("random_inspection_item",)]
    assert {one.kind for one in registered(store)} == {"enforcement_item", "random_inspection_item"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SECOND.replace("钟示公", "孙审核"), "endorser_unknown"),
        (SECOND.replace("松原市司法局", "松原市水利局"), "endorser_unknown"),
        (SECOND.replace("松原市司法局", "没有这个局"), "department_unknown"),
        (SECOND.replace("2026-03-03", "2026-03-05"), "review_ahead"),
        (SECOND.replace("审核通过", "退回").replace("opinion: 同意\n", ""), "opinion_needed"),
        (SECOND + "kinds: [officer]\n", "nothing_to_endorse"),
        (SECOND.replace("reviewer: 钟示公\n", ""), "sidecar_invalid"),
    ],
)
def test_a_wrong_file_is_reported_by_name(text: str, code: str, store: Store, take: Callable) -> None:
    (fault,) = take(text).faults
    assert (fault.file.rpartition("/")[2], fault.code) == ("items.second.yml", code)
    assert list(registered(store)) == []


def test_a_review_without_its_batch_is_an_orphan(take: Callable, folder: Path) -> None:
    (folder / "other.second.yml").write_text(SECOND, encoding="utf-8")
    assert [fault.code for fault in take().faults] == ["orphan_sidecar"]


@pytest.mark.parametrize(
    "text", ["", "department: 松原市司法局\n", SECOND + "kind: x\n", SECOND + "kinds: officer\n", "- x\n", "x"]
)
def test_what_it_must_say(text: str) -> None:
    with pytest.raises(SidecarInvalid):
        read_second(text.encode())
