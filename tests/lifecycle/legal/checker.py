"""What must hold of any journal, read from its rows alone: nothing here knows the law's code.

A decision that was made in the system in a case that needed review has, before it and in this order: an opinion that
agrees, by somebody who is registered and stands on no line of the case; a meeting that passed. What was decided is
what was handed in. Nothing lies between that opinion and the decision that would begin another round.
"""

from __future__ import annotations

import json
from typing import Any

from gongshi.store import Store

REGISTERED = {"郑示法", "杨示核", "律示师"}
COMPUTED = {"list", "L3-3", "L3-5"}


def broken(store: Store) -> list[str]:
    """What does not hold, in words."""
    rows = store.db.execute(
        "SELECT j.seq, j.record, j.operation, j.actor, p.body FROM journal j JOIN payloads p USING (seq) ORDER BY seq"
    ).fetchall()
    cases: dict[str, list[tuple[int, str, str, dict[str, Any]]]] = {}
    for seq, record, operation, actor, body in rows:
        cases.setdefault(record, []).append((seq, operation, actor, json.loads(body)))
    return [fault for entries in cases.values() for fault in _of(entries)]


def _of(entries: list[tuple[int, str, str, dict[str, Any]]]) -> list[str]:
    faults, made = [], 0
    for at, (seq, operation, _, said) in enumerate(entries):
        if operation != "decide":
            continue
        made += 1
        before = entries[:at]
        if made > 1:
            faults.append(f"{seq}: decided twice")
        if _needed(before):
            faults.extend(f"{seq}: {fault}" for fault in _unreviewed(before, said))
    return faults


def _needed(before: list[tuple[int, str, str, dict[str, Any]]]) -> bool:
    cases = [said for _, operation, _, said in before if operation == "case"]
    fired = {trigger for said in cases for trigger in said["triggers"]} & COMPUTED
    acts = [said for _, operation, _, said in before if operation == "major"]
    return bool(fired) or bool(acts and set(acts[-1]["raised"]) - set(acts[-1]["lowered"]))


def _unreviewed(before: list[tuple[int, str, str, dict[str, Any]]], made: dict[str, Any]) -> list[str]:
    steps = [(actor, said) for _, operation, actor, said in before if operation == "legal"]
    events = [said["event"] for _, said in steps]
    if "submit" not in events:
        return ["never submitted"]
    last = len(events) - 1 - events[::-1].index("submit")
    of_round = steps[last:]
    opinions = [(actor, said["fields"]["opinion"]) for actor, said in of_round if said["event"] in ("opine", "revise")]
    meetings = [said["fields"]["outcome"] for _, said in of_round if said["event"] == "discuss"]
    faults = []
    if not opinions or opinions[-1][1] != "agree":
        faults.append("no opinion that agrees")
    if not meetings or meetings[-1] != "pass":
        faults.append("no meeting that passed")
    if any(said["event"] in ("change_draft", "stop") for _, said in of_round):
        faults.append("a draft changed, or the case stopped, after the review")
    if of_round[0][1]["fields"]["substance"] != made["substance"]:
        faults.append("not what was reviewed")
    for actor, _ in opinions[-1:]:
        if actor not in REGISTERED:
            faults.append("a reviewer who is not registered")
        if actor in _named(before):
            faults.append("a reviewer who took part")
    return faults


def _named(before: list[tuple[int, str, str, dict[str, Any]]]) -> set[str]:
    texts = [
        text
        for _, operation, _, said in before
        if operation in ("case", "case_record")
        for text in said["values"].values()
        if text and text.startswith("[")
    ]
    return {person["name"] for text in texts for person in json.loads(text)}
