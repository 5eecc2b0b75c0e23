"""Which decision a person means: by id, by any spelling of its number, told apart by department."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.errors import DecisionAmbiguous, DecisionNotFound
from gongshi.lifecycle.finding import find
from gongshi.store import Store
from gongshi.store.erase import erase

NUMBER = "松试罚〔2026〕1号"


@pytest.mark.parametrize("asked", [NUMBER, " 松试罚[2026]第001号", "松试罚（2026）1"])
def test_a_number_is_found_in_any_spelling(
    asked: str, send: Callable, decision: Callable, store: Store, instance: Instance
) -> None:
    (entry,) = send(decision(1)).entries
    assert find(store, instance, asked).id == entry.id
    assert find(store, instance, entry.id).id == entry.id
    assert find(store, instance, asked, "松原市试验管理局").id == entry.id


def test_what_is_not_there_is_said_with_what_to_type(
    send: Callable, decision: Callable, store: Store, instance: Instance
) -> None:
    send(decision(1))
    for asked in ("松试罚〔2026〕9号", "号", "0" * 16):
        with pytest.raises(DecisionNotFound, match="编号"):
            find(store, instance, asked)
    other = next(key for key in instance.departments if key != "112207000135491313")
    with pytest.raises(DecisionNotFound, match="报送的内容中"):
        find(store, instance, NUMBER, other)


def test_one_number_in_two_kinds_is_told_apart_by_id(
    store: Store, send: Callable, decision: Callable, instance: Instance
) -> None:
    from dataclasses import replace

    one = decision(1)
    first = send(one).entries[0].id
    second = send(replace(one, kind="coercion", key=one.key.replace("/penalty/", "/coercion/"))).entries[0].id
    with pytest.raises(DecisionAmbiguous) as caught:
        find(store, instance, NUMBER)
    assert first in str(caught.value)
    assert second in str(caught.value)
    assert find(store, instance, second).decision.kind == "coercion"


def test_what_was_erased_is_said_to_be_erased(
    store: Store, send: Callable, decision: Callable, instance: Instance, clock: dict
) -> None:
    (entry,) = send(decision(1)).entries
    erase(store, [entry.id], reason="依法", by="甲", department="", now=clock["now"])
    with pytest.raises(DecisionNotFound, match="清除"):
        find(store, instance, entry.id)
