"""The white-list where values leave the store: what no declaration makes public is not published (promise 1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongshi.publish.composing.fields import Publisher
from gongshi.publish.composing.forms import Names
from gongshi.publish.composing.schema import statements
from gongshi.records import DECISION_KINDS
from gongshi.records.field import Field, Visibility

TEXT = "一段平常的文字"


@pytest.fixture
def publisher() -> Publisher:
    return Publisher(names=Names({}, frozenset()), known=frozenset(), decided=frozenset(), not_names=frozenset())


def test_a_field_is_internal_until_its_declaration_says_otherwise(publisher: Publisher) -> None:
    new = Field(name="new", label="新字段")
    assert publisher.publish([new], {"new": TEXT}) == {}
    assert publisher.publish([replace(new, visibility=Visibility.PUBLIC)], {"new": TEXT}) == {"new": TEXT}


@pytest.mark.parametrize("kind", DECISION_KINDS.values(), ids=lambda kind: kind.name)
def test_no_internal_field_has_a_place_in_the_public_database(kind, publisher: Publisher) -> None:
    internal = {field.name for field in kind.fields if not field.is_public}
    assert internal
    assert internal.isdisjoint(publisher.publish(kind.fields, {field.name: TEXT for field in kind.fields}))
    (own,) = (script for script in statements() if f"CREATE TABLE {kind.name} " in script)
    assert internal.isdisjoint(own.replace("(", " ").replace(",", " ").split())
