"""Whatever is sent, approved and instructed in whatever order: no major decision from outside becomes public without
an attestation, the supervisor's instruction, or the same substance having been public before (S3, L4).

Who checks reads journal entries alone and knows nothing of gongshi/law/review. Tried by hand: without the two holds of
publishability, with an attestation that may lack a column, and with an instruction that survives another substance,
it turns red.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongshi.instance import Instance
from gongshi.intake.batch import Batch
from gongshi.lifecycle import record_publication, review, submit
from gongshi.lifecycle.acts.instructing import instruct
from gongshi.lifecycle.errors import LifecycleError
from gongshi.publish.preparing.prepare import prepare
from gongshi.records.decision import Decision
from gongshi.store import Store, latest

DAY = date(2026, 3, 3)
ATTESTED = {
    "legal_reviewed_on": "2026-02-24",
    "legal_reviewer": "郑示法",
    "legal_opinion": "同意",
    "discussed_on": "2026-02-26",
}
SAID: tuple[dict[str, str], ...] = (
    {},
    ATTESTED,
    {**ATTESTED, "legal_opinion": "变更"},
    {"legal_opinion": "未经审核"},
    *({name: value for name, value in ATTESTED.items() if name != left} for left in ATTESTED),
)
SHEETS = st.tuples(st.sampled_from(SAID), st.booleans(), st.sampled_from(("甲", "乙")), st.sampled_from(("", "备注")))
STEPS = st.one_of(
    st.tuples(st.just("send"), SHEETS),
    st.tuples(st.just("instruct"), st.sampled_from(("publish", "revoke"))),
    st.tuples(st.just("rebuild"), st.none()),
)


BLANK = ("send", ({}, True, "甲", ""))


class City:
    """One decision of one department, and everything that may be done about it from outside."""

    def __init__(self, store: Store, instance: Instance, decision: Callable[..., Decision], batch: Any) -> None:
        self._store, self._instance, self._decision, self._batch = store, instance, decision, batch
        self._now = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)

    def do(self, act: str, given: Any) -> None:
        self._now += timedelta(seconds=1)
        with suppress(LifecycleError):  # what is refused changes nothing
            getattr(self, act)(given)

    def send(self, sheet: tuple[dict[str, str], bool, str, str]) -> None:
        said, major, facts, remarks = sheet
        one = self._decision(1, **said, major_decision="1" if major else "0", facts=facts, remarks=remarks or None)
        batch: Batch = self._batch(one, raw=str(self._now).encode())
        sent = submit(self._store, self._instance, batch, by="赵提交", today=DAY, now=self._now)
        review(
            self._store, self._instance, sent.id, by="孙审核", approve=True, opinion="同意", today=DAY, now=self._now
        )

    def instruct(self, instruction: str) -> None:
        ids = [one.id for one in latest(self._store)]
        said = {"reason": "理由", "document": "松府督〔2026〕8号", "by": "督示察"}
        instruct(self._store, self._instance, ids, instruction=instruction, **said, today=DAY, now=self._now)

    def rebuild(self, _: None) -> None:
        prepared = prepare(self._store, self._instance, DAY)
        record_publication(self._store, prepared.published, prepared.stops, DAY, self._now)


def check(store: Store) -> None:
    """Each publication, with what stood in the journal before it."""
    sent: dict[int, dict[str, Any]] = {}
    instructed: dict[str, str] = {}
    public: set[str] = set()
    rows = store.db.execute("SELECT seq, operation, body FROM journal JOIN payloads USING (seq) ORDER BY seq")
    for row in rows.fetchall():
        said = orjson.loads(row["body"])
        if row["operation"] == "receive":
            sent[row["seq"]] = said["decision"]["values"]
        elif row["operation"] == "instruct":
            instructed[sent[said["version"]]["facts"]] = said["instruction"]
        elif row["operation"] == "publish":
            values = sent[said["version"]]
            attested = all(values.get(name) == value for name, value in ATTESTED.items())
            answered = attested or instructed.get(values["facts"]) == "publish" or values["facts"] in public
            assert values["major_decision"] == "0" or answered, values
            public.add(values["facts"])


@pytest.mark.article("S3", "L4")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
@example(steps=[BLANK, ("instruct", "publish"), ("rebuild", None), ("send", ({}, True, "乙", ""))])
@example(steps=[("send", ({}, False, "甲", "")), ("rebuild", None), ("send", ({}, True, "乙", ""))])
@example(steps=[("send", (SAID[-2], True, "甲", ""))])
def test_no_order_of_acts_publishes_one(
    steps: list[tuple[str, Any]], instance: Instance, decision: Callable[..., Decision], batch: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store.db") as store:
        city = City(store, instance, decision, batch)
        for act, given_ in steps:
            city.do(act, given_)
        city.rebuild(None)
        check(store)
