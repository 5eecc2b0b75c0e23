"""One checked decision, as it leaves intake, lies in the journal and is judged by the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, str | None]
"""Field name to canonical text: dates YYYY-MM-DD, money in yuan as decimal text, flags 1 or 0,
several choices joined by 、; None where the cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision with its parties.

    `key` is department / kind / normalised 文号 and identifies the decision across versions
    (DOMAIN.md 16: agency and 文号; the parties are matched inside it). `values` holds the fields
    whose value is the decision's; each party holds its own, and those EITHER fields in which the
    parties differ. `kept` holds columns of the sheet that no field declares, by their header: nothing
    a department sends is lost, and none of it is ever public.
    """

    kind: str
    department: str
    key: str
    values: Values
    parties: tuple[Values, ...]
    kept: Mapping[str, str]

    def to_payload(self) -> dict[str, object]:
        """The JSON object that the journal's payload holds."""
        return {
            "kind": self.kind,
            "department": self.department,
            "key": self.key,
            "values": dict(self.values),
            "parties": [dict(party) for party in self.parties],
            "kept": dict(self.kept),
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> Decision:
        """The decision that `to_payload` wrote."""
        return cls(**{**payload, "parties": tuple(payload["parties"])})  # type: ignore[arg-type]
