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
Entries = list[tuple[int, str, str, dict[str, Any]]]
Cases = dict[str, Entries]


def broken(store: Store) -> list[str]:
    """What does not hold, in words."""
    rows = store.db.execute(
        "SELECT j.seq, j.record, j.operation, j.actor, p.body FROM journal j JOIN payloads p USING (seq) ORDER BY seq"
    ).fetchall()
    cases: Cases = {}
    for seq, record, operation, actor, body in rows:
        cases.setdefault(record, []).append((seq, operation, actor, json.loads(body)))
    return [*(fault for entries in cases.values() for fault in _of(entries)), *_of_two(cases)]


def _of_two(cases: Cases) -> list[str]:
    """A number is the decision of one case: what another one claims was not decided in a third."""
    faults, made = [], dict[str, str]()
    every = sorted((entry, record) for record, entries in cases.items() for entry in entries)
    claims: dict[str, str] = {}
    for (seq, operation, _, said), record in every:
        if operation == "case":
            claims[record] = said["shown"].get("claimed_key") or ""
        elif operation == "decide":
            key = said["key"]
            taken = [made.get(key, record), *(other for other, claimed in claims.items() if claimed == key)]
            faults += [f"{seq}: the number of {other}" for other in taken if other != record]
            made[key] = record
    return faults


def _of(entries: Entries) -> list[str]:
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


def _needed(before: Entries) -> bool:
    cases = [said for _, operation, _, said in before if operation == "case"]
    acts = [said for _, operation, _, said in before if operation == "major"]
    fired = {trigger for said in cases for trigger in said["triggers"]} & COMPUTED
    fired |= {trigger for said in acts for trigger in said.get("fired", ())}
    return bool(fired) or _heard(before, cases[-1]) or bool(acts and set(acts[-1]["raised"]) - set(acts[-1]["lowered"]))


def _heard(before: Entries, last: dict[str, Any]) -> bool:
    """A hearing was held, as the case says or as a record of it shows (L3(3)); where a fine of more than 3000 is called
    a summary one, it is none (处罚法 51)."""
    current = {said["line"]: said["what"] for _, operation, _, said in before if operation == "case_record"}
    held = last["values"].get("hearing") == "已举行" or "hearing_record" in current.values()
    return held and (last["shown"]["procedure"] != "summary" or float(last["values"]["proposed_fine"]) > 3000)


def _unreviewed(before: Entries, made: dict[str, Any]) -> list[str]:
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


def _named(before: Entries) -> set[str]:
    texts = [
        text
        for _, operation, _, said in before
        if operation in ("case", "case_record")
        for text in said["values"].values()
        if text and text.startswith("[")
    ]
    return {person["name"] for text in texts for person in json.loads(text)}
