"""Where a minor is concerned the reviewer's recorded choice decides, for that version only (DOMAIN.md 10)."""

from __future__ import annotations

import pytest

from gongshi.lifecycle import State, state_of
from gongshi.lifecycle.acts.choosing import choose
from gongshi.lifecycle.errors import ChoiceNotAsked, ReasonNeeded, ReviewerUnknown, SamePerson
from gongshi.publish.preparing.prepare import prepare
from gongshi.store import head, latest, verify

GROWN = {"party_adult_when_acted": "0"}


@pytest.fixture
def chooses(store, instance, clock):
    def do(record: str, choice: str, **how: str):
        how = {"by": "孙审核", "reason": "单位会议记录", **how}
        return choose(store, instance, record, choice=choice, **how, **clock)

    return do


@pytest.fixture
def held(send, judge_batch, decision, party, rebuild):
    """A decision that waits for a choice: its party was a minor at the act. Its id."""

    def do(*parties, **options) -> str:
        receipt = send(decision(1, *(parties or (party("张小山", **GROWN),))), **options)
        judge_batch(receipt)
        rebuild()
        return receipt.entries[0].id

    return do


def state(store) -> State:
    (pending,) = latest(store)
    return state_of(pending)


@pytest.mark.article("D18")
def test_a_choice_to_publish_releases_and_holds_for_that_version_only(  # noqa: PLR0917
    held, chooses, rebuild, store, send, judge_batch, decision, party
) -> None:
    record = held()
    assert state(store) is State.HELD
    done = chooses(record, "publish")
    assert (done.changed, "再次报送" in done.render_text()) == (True, True)
    assert rebuild().published == (record,)
    judge_batch(send(decision(1, party("张小山", **GROWN), content="改过的内容")))
    rebuild()
    assert state(store) is State.HELD
    chooses(record, "publish")
    assert rebuild().restored == (record,)
    assert verify(store).ok


@pytest.mark.article("D18")
def test_a_minor_among_others_is_never_shown_even_when_chosen(  # noqa: PLR0917
    held, chooses, party, store, instance, rebuild, clock
) -> None:
    record = held(party("张小山", party_adult_when_decided="0"), party("松原示例公司"))
    chooses(record, "publish")
    (public,) = prepare(store, instance, clock["today"]).rows
    assert [one["name"] for one in public.parties] == ["松原示例公司"]
    assert not any("小山" in text for text in public.texts())


@pytest.mark.article("D18")
def test_a_choice_not_to_publish_withholds_and_may_be_changed(held, chooses, rebuild, store) -> None:
    record = held()
    chooses(record, "withhold")
    rebuild()
    assert state(store) is State.WITHHELD
    chooses(record, "publish", reason="重新研究")
    assert rebuild().published == (record,), "it never was public: nothing has to be restored"


def test_the_same_choice_again_changes_nothing(held, chooses, store) -> None:
    record = held()
    chooses(record, "withhold")
    before = head(store)
    assert (chooses(record, "withhold").changed, head(store)) == (False, before)


def test_who_may_choose_and_what_is_asked_for(held, chooses, public) -> None:
    record = held(by="钱兼任")
    for who, error in (("钱兼任", SamePerson), ("赵提交", ReviewerUnknown), ("路人", ReviewerUnknown)):
        with pytest.raises(error):
            chooses(record, "publish", by=who)
    with pytest.raises(ReasonNeeded):
        chooses(record, "publish", reason=" ")
    with pytest.raises(ChoiceNotAsked):
        chooses(public(number=2), "publish")
