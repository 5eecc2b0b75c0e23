"""/search/item/<mark>: from a decision to the item of the department's list, in one click.

An item comes and goes by itself. A decision names the item's mark only, which never changes: that mark leads to the
page that is there now, so that no decision's page is made again when a department changes its list.
"""

from __future__ import annotations

from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gongshi.law.registry import Standing
from gongshi.query.database import Reading, answered
from gongshi.query.errors import NotFound
from gongshi.query.question import Question
from gongshi.records.registry.item import ENFORCEMENT_ITEM
from gongshi.render.addresses import record_address

_ITEM = f"""
SELECT id FROM records WHERE item = ? AND kind = '{ENFORCEMENT_ITEM.name}'
ORDER BY standing = '{Standing.IN_FORCE}' DESC, sort DESC LIMIT 1
"""  # noqa: S608 - constants
_NAMED = "SELECT department, item_code FROM decisions WHERE item = ? ORDER BY sort DESC LIMIT 1"


def item_place(db: Reading, mark: str) -> str:
    """Where the item with this mark is shown: on its own page, or where it has none what a search for its code says.
    Raises NotFound for a mark that nothing public has."""
    for row in db.rows(_ITEM, [mark]):
        return record_address(ENFORCEMENT_ITEM.name, row["id"])
    for row in db.rows(_NAMED, [mark]):
        return Question(q=row["item_code"], type=ENFORCEMENT_ITEM.name, department=row["department"]).address()
    raise NotFound


class Leading:
    """The handler of one server."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette

    async def item(self, request: Request) -> Response:
        """/search/item/<mark>. Raises NotFound."""
        mark: str = request.path_params["mark"]
        place = await answered(self._datasette, lambda db: db.look(lambda look: item_place(look, mark)))
        return RedirectResponse(place, 302)
