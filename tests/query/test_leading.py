"""From a decision to its item in one click, whatever becomes of the item."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongshi.store.sqlite import connect
from tests.query import registers

MARK, CODE = "a1" * 8, "2207-CF-031"


def test_a_mark_leads_to_the_item_in_force_then_to_what_the_search_says_then_nowhere(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "build" / "public.db"
    decision = make.Decision(1000)
    make.write(path, [decision])
    db = connect(path)
    with db:
        db.execute("UPDATE decisions SET item = ?, item_code = ?", [MARK, CODE])
    db.close()
    key, name = next(iter(make.departments.items()))
    here = {"item_code": CODE, "row": {"item": MARK}}
    over = registers.made(
        2, "enforcement_item", (key, name, "220700"), **(here | {"row": {"item": MARK, "standing": "ended"}})
    )
    item = registers.made(1, "enforcement_item", (key, name, "220700"), **here)
    registers.publish(path, [over, item])
    server = make.start(make.built(tmp_path))
    try:
        with server.client() as web:

            def led() -> tuple[int, str]:
                answer = web.get(f"/search/item/{MARK}")
                return answer.status_code, answer.headers.get("location", "")

            assert led() == (302, f"/items/{item.id}.html")
            registers.unpublish(path, item)
            assert led() == (302, f"/items/{over.id}.html"), "its page stays for a while and says that it is over"
            registers.unpublish(path, over)
            status, place = led()
            assert (status, place) == (302, f"/search?q={CODE}&type=enforcement_item&department={key}")
            assert web.get(place).status_code == 200
            assert web.get("/search/item/" + "b2" * 8).status_code == 404
            assert web.get(f"/search/item/{MARK}'").status_code == 404
    finally:
        make.stop(server)
