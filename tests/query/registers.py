"""Registry records for the query room's tests, written to a public.db as the wall writes them."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongshi.publish.registry.public_record import INDEXED, PublicRecord, seal_record
from gongshi.records import REGISTRY_KINDS
from gongshi.store.sqlite import connect
from tests.render.registry.contents import RECORDS

FIRST_PLACE = 739_000 << 20


def made(place: int, kind: str, department: tuple[str, str, str], *, row: Any = None, **content: Any) -> PublicRecord:
    """A record of a kind at a place; `department` is key, name and region, `content` overrides fields of the kind
    (None: without it), `row` columns."""
    record = REGISTRY_KINDS[kind]
    held = {name: value for name, value in {**RECORDS[kind], **content}.items() if value is not None}
    key, name, region = department
    values: dict[str, Any] = {
        "sort": FIRST_PLACE + place,
        "id": sha256(f"record {place}".encode()).hexdigest()[:16],
        "kind": kind,
        "department": key,
        "department_name": name,
        "region": region,
        "title": held[record.heading],
        "number": held.get(record.number),
        "act": held.get(record.acts) if record.acts else None,
        "item": None,
        "standing": "in_force",
        "validity": "valid" if kind == "officer" else None,
        "valid_to": held.get("valid_to"),
        "effective_from": "2026-01-01",
        "effective_to": None,
        "first_published_on": "2026-03-02",
        "updated_on": "2026-03-02",
        **dict.fromkeys(("second_body", "second_on", "outdated_since", "outdated_why")),
        "corrected": 0,
        "history": "[]",
        "content": json.dumps(held, ensure_ascii=False),
        **(row or {}),
    }
    return seal_record(values, ())


def publish(path: Path, records: list[PublicRecord]) -> None:
    """Add records to a public.db."""
    db = connect(path)
    columns = ("rowid", *INDEXED)
    with db:
        for one in records:
            places = ",".join("?" * len(one.row))
            db.execute(f"INSERT INTO records ({','.join(one.row)}) VALUES ({places})", list(one.row.values()))
            texts = one.indexed()
            db.execute(
                f"INSERT INTO records_fts ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})",
                [one.sort, *(texts[name] for name in INDEXED)],
            )
    db.close()


def unpublish(path: Path, record: PublicRecord) -> None:
    """Take a record out of a public.db, out of its index, too."""
    db = connect(path)
    columns = ("records_fts", "rowid", *INDEXED)
    texts = record.indexed()
    with db:
        db.execute(
            f"INSERT INTO records_fts ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})",
            ["delete", record.sort, *(texts[name] for name in INDEXED)],
        )
        db.execute("DELETE FROM records WHERE id = ?", [record.id])
    db.close()
