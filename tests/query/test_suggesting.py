"""/suggest through the running server: its shape, its headers, and that what was taken down is suggested no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gongshi.query.vocabulary import CITED, FREQUENT
from tests.query import registers

USCC = "91220702MA17XXXX3A"
COMPANY, LAW, ACT = "松原市恒净环保科技有限公司", "黑土地保护法", "破坏种植条件"


@dataclass
class City:
    """A served city of a few decisions that make a company, a law and a subject frequent enough to be suggested."""

    web: httpx.Client
    server: Any
    make: Any
    decisions: list[Any]

    def suggested(self, typed: str) -> list[str]:
        return [item["text"] for item in self.web.get("/suggest", params={"q": typed}).json()["items"]]

    def change(self, **changes: Any) -> None:
        self.make.change(self.server.build / "public.db", **changes)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Iterator[City]:
    root = tmp_path_factory.mktemp("suggesting")
    decisions = [
        make.Decision(
            1000 + at,
            number=f"松示例罚〔2026〕{at}号",
            party=COMPANY if at == 0 else f"松原市{'甲乙丙丁戊'[at]}商贸有限公司",
            uscc=USCC if at == 0 else "",
            own={"violation_type": ACT},
            party_own={"legal_basis": f"《{LAW}》第一条"} if at < CITED else {},
        )
        for at in range(FREQUENT)
    ]
    make.write(root / "build" / "public.db", decisions)
    server = make.start(make.built(root))
    with server.client() as web:
        yield City(web, server, make, decisions)
    make.stop(server)


def test_suggestions_have_a_shape_that_stays(city: City) -> None:
    answer = city.web.get("/suggest", params={"q": " cfjd "})
    assert answer.json()["q"] == "cfjd"
    assert answer.json()["items"][0] == {
        "type": "term",
        "label": "词语",
        "text": "处罚决定",
        "marks": [[0, 4]],
        "path": "/search?q=%E5%A4%84%E7%BD%9A%E5%86%B3%E5%AE%9A",
        "note": "",
    }
    assert city.web.get("/api/v1/suggest", params={"q": "cfjd"}).json() == answer.json()


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%22%20OR%201", "q=" + "%E6%9D%BE" * 5000, "q=%3Cscript%3E", "x=1"]
)
def test_odd_questions_get_an_answer(city: City, query: str) -> None:
    answer = city.web.get(f"/suggest?{query}")
    assert answer.status_code == 200
    assert isinstance(answer.json()["items"], list)


def test_nothing_typed_is_kept_and_no_search_engine_is_led_here(city: City) -> None:
    for path in ("/suggest?q=cfjd", "/api/v1/suggest?q=cfjd"):
        headers = city.web.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex"
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers
    assert city.web.get("/api/v1/suggest?q=cfjd").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in city.web.get("/suggest?q=cfjd").headers
    assert "cfjd" not in city.server.log.read_text(encoding="utf-8")


TYPED = {"恒净": COMPANY, "hengjing": COMPANY, "黑土地": LAW, "htdbhf": LAW, "破坏种植": ACT}


@pytest.mark.article("D28")
def test_what_was_taken_down_is_suggested_no_more_and_what_comes_back_is(city: City) -> None:
    first = city.decisions[0]
    assert {typed: text in city.suggested(typed) for typed, text in TYPED.items()} == dict.fromkeys(TYPED, True)
    city.change(remove=[first])
    assert {typed: text in city.suggested(typed) for typed, text in TYPED.items()} == dict.fromkeys(TYPED, False)
    assert city.web.get("/api/v1/suggest", params={"q": "恒净"}).json()["items"] == []
    city.change(add=[first])
    assert {typed: text in city.suggested(typed) for typed, text in TYPED.items()} == dict.fromkeys(TYPED, True)


@pytest.mark.article("D7")
def test_items_and_guides_are_suggested_as_long_as_they_are_public_officers_and_boards_never(city: City) -> None:
    path, whose = city.server.build / "public.db", (city.make.market, city.make.departments[city.make.market], "220700")
    shown = [
        registers.made(1, "service_guide", whose, name="示例油田占地许可指南"),
        registers.made(2, "enforcement_item", whose, name="示例油田占地检查"),
        registers.made(3, "officer", whose, name="示例油"),
        registers.made(4, "post_board", whose, post="示例油田窗口岗"),
    ]
    registers.publish(path, shown)
    assert city.suggested("示例油田") == ["示例油田占地检查", "示例油田占地许可指南"]
    assert city.suggested("slytzd") == ["示例油田占地检查", "示例油田占地许可指南"]
    for one in shown:
        registers.unpublish(path, one)
    assert city.suggested("示例油田") == city.suggested("slytzd") == []
