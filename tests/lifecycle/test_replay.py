"""Whatever happens in whatever order, the current tables are what a replay of the journal gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshi.instance import Instance
from gongshi.lifecycle import erase_decisions, record_publication, review, state_of, submit
from gongshi.lifecycle.acts import answering, proposing
from gongshi.lifecycle.errors import ActWaiting, AlreadyReviewed, DecisionNotFound, RestoreForbidden, TransitionRefused
from gongshi.lifecycle.transitions import LABELS, TRANSITIONS, State
from gongshi.store import Pending, Store, approved, latest, verify
from gongshi.store.acts import waiting

START = date(2026, 3, 2)
NUMBERS = st.integers(1, 3)
PARTIES = st.lists(st.sampled_from(["甲公司", "乙公司", "张大山", "李四海"]), min_size=1, max_size=3, unique=True)
CONTENTS = st.sampled_from(["罚款1元", "罚款2元", "当事人李建国罚款3元"])
SENT = st.lists(st.tuples(NUMBERS, PARTIES, CONTENTS), min_size=1, max_size=3, unique_by=lambda one: one[0])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), SENT),
        st.tuples(st.just("review"), st.tuples(st.integers(0, 5), st.booleans())),
        st.tuples(st.just("publish"), st.sets(NUMBERS)),
        st.tuples(st.just("stop"), st.sampled_from(["held", "withheld", "sealed", "expired"])),
        st.tuples(st.just("erase"), NUMBERS),
        st.tuples(
            st.just("propose"), st.tuples(st.sampled_from(["withdraw", "suspend", "restore"]), st.integers(0, 2))
        ),
        st.tuples(st.just("answer"), st.booleans()),
    ),
    min_size=1,
    max_size=14,
)


SHOWN = (State.PUBLIC, State.CORRECTED, State.RESTORED)


class World:
    """A store and the people around it, a day later at each step."""

    def __init__(self, store: Store, instance: Instance, make: Callable, batch: Callable, now: Any) -> None:
        self.store, self.instance, self.make, self.batch, self.now = store, instance, make, batch, now
        self.day = START

    def step(self, name: str, what: Any) -> None:
        self.day += timedelta(days=1)
        getattr(self, name)(what)

    def submit(self, sent: list[tuple[int, list[str], str]]) -> None:
        made = self.batch(*(self.make(number, *parties, content=content) for number, parties, content in sent))
        submit(self.store, self.instance, made, by="赵提交", today=self.day, now=self.now)

    def review(self, what: tuple[int, bool]) -> None:
        place, approve = what
        receipts = [row[0] for row in self.store.db.execute("SELECT receipt FROM batches ORDER BY seq")]
        if place >= len(receipts):
            return
        names = {"mask_names": ["李建国"]} if approve and self._stands(receipts[place], "李建国") else {}
        who = {"by": "孙审核", "approve": approve, "opinion": "意见", "today": self.day, "now": self.now}
        try:
            review(self.store, self.instance, receipts[place], **who, **names)
        except AlreadyReviewed:
            assert not approve or self._result(receipts[place]) == "returned"

    def publish(self, left_out: set[int]) -> None:
        up = [item for item in approved(self.store) if not (item.stays_down or item.ended or item.suspended)]
        items = [item for item in up if item.version % 4 not in left_out]
        place = self.store.db.execute("SELECT max(sort) FROM disclosures").fetchone()[0] or 0
        shown = [(item.id, item.version, item.sort or place + n, self.day) for n, item in enumerate(items, 1)]
        assert not record_publication(self.store, shown, [], self.day, self.now).refused

    def stop(self, standing: str) -> None:
        """What persons took down is no more asked about."""
        ours = [item.id for item in approved(self.store) if not (item.ended or item.suspended)]
        stops = [(record, standing, ["reason"]) for record in ours][:1]
        assert not record_publication(self.store, [], stops, self.day, self.now).refused

    def erase(self, number: int) -> None:
        ids = [p.id for p in latest(self.store) if p.decision.key.endswith(f"〕{number}")]
        erase_decisions(self.store, ids, reason="理由", by="管理员", now=self.now)

    def propose(self, what: tuple[str, int]) -> None:
        name, place = what
        ids = [item.id for item in latest(self.store)] or [""]
        how = {"by": "赵提交", "today": self.day, "now": self.now}
        how |= {"ending": "mistake", "fields": {"note": "重复报送"}} if name == "withdraw" else {"reason": "理由"}
        with suppress(TransitionRefused, ActWaiting, RestoreForbidden, DecisionNotFound):
            getattr(proposing, name)(self.store, self.instance, ids[place % len(ids)], **how)

    def answer(self, agrees: bool) -> None:
        how = {"by": "孙审核", "opinion": "意见", "today": self.day, "now": self.now}
        for act in waiting(self.store)[:1]:
            end = {"ending": "mistake", "fields": {"note": "重复报送"}} if agrees and not act.ending else {}
            with suppress(TransitionRefused, RestoreForbidden, DecisionNotFound):
                (answering.confirm if agrees else answering.decline)(
                    self.store, self.instance, act.number, **how, **end
                )

    def _stands(self, receipt: str, name: str) -> bool:
        rows = self.store.db.execute(
            "SELECT body FROM versions JOIN payloads USING (seq) WHERE batch = ?", (receipt,)
        ).fetchall()
        return any(name.encode() in row[0] for row in rows)

    def _result(self, receipt: str) -> str:
        return self.store.db.execute("SELECT result FROM batches WHERE receipt = ?", (receipt,)).fetchone()[0]


def facts(store: Store) -> dict[str, Pending]:
    return {pending.id: pending for pending in latest(store)}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_live_equals_replay_after_any_sequence(
    steps: list[tuple[str, Any]], instance: Instance, decision: Callable, batch: Callable, clock: Mapping[str, Any]
) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.db") as store:
        world = World(store, instance, decision, batch, clock["now"])
        first_days: dict[str, date] = {}
        for name, what in steps:
            before = {record: state_of(pending) for record, pending in facts(store).items()}
            world.step(name, what)
            for record, pending in facts(store).items():
                if record in before and state_of(pending) != before[record]:
                    moves = {result for (state, _), result in TRANSITIONS.items() if state == before[record]}
                    assert state_of(pending) in moves, (LABELS[before[record]], LABELS[state_of(pending)])
                if pending.first_published_on:
                    assert first_days.setdefault(record, pending.first_published_on) == pending.first_published_on
                assert not (pending.stays_down and pending.manner and state_of(pending) in SHOWN)
            for item in approved(store):
                reviewed = store.db.execute(
                    "SELECT result FROM batches JOIN versions ON batch = receipt WHERE versions.seq = ?",
                    (item.version,),
                ).fetchone()
                assert reviewed[0] == "approved"
        found = verify(store)
        assert found.ok, found.render_text()
