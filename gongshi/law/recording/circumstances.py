"""What happened in a case: the handler's ticks, and what its lines and fields show without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongshi.law.recording.model import Case

_SHOWN: Mapping[str, str] = {
    "oral_application": "oral",
    "completion_notice": "completion",
    "onsite_correction": "onsite_correction",
    "non_acceptance": "refused_application",
    "complaint": "complaint",
    "inquiry": "inquired",
    "evidence_notice": "obtained",
    "evidence_list": "obtained",
    "inspection_record": "inspected",
    "sampling_notice": "sampled",
    "sampling_list": "sampled",
    "statement_record": "stated",
    "hearing_record": "heard",
    "appraisal": "appraised",
    "other_investigation": "other_inquiry",
    "refusal_record": "party_refused",
    "preservation": "preserved",
    "approval.preservation": "preserved",
    "coercion_liberty": "liberty",
    "coercion_sealing": "sealed",
    "coercion_seizure": "seized",
    "coercion_freezing": "frozen",
    "expert_opinion": "experts",
    "assessment": "assessed",
    "onsite_fine": "fined_on_spot",
    "performance.order": "ordered_correction",
    "performance.unperformed": "unperformed",
    "demand": "demanded",
    "demand_statement": "demand_stated",
    "enforcement_fine": "enforced",
    "enforcement_transfer": "enforced",
    "enforcement_auction": "enforced",
    "enforcement_removal": "enforced",
    "enforcement_proxy": "enforced",
    "enforcement_other": "enforced",
    "court_application": "court",
    "court_ruling": "court",
    "court_result": "court",
    "copy": "copied",
}
"""What each line shows."""
COMPUTED = frozenset({"own_authority", "major", "major_at_start", "inspection_only", "reviewed_here"})
"""What nobody ticks: it would take away what is asked for."""
_HEARD, _UNTOUCHED = ("已要求", "已举行"), "未涉及"
"""From the demand on the case is one with a hearing, unless it is given up before it was held (L3(3))."""
_MEASURES = frozenset({"liberty", "sealed", "seized", "frozen", "preserved", "ordered_correction", "enforced"})
_OPINED = frozenset({"agreed", "advised", "disagreement", "referred", "discussed", "decided"})
"""The states of a review in which the system holds the opinion of the legal body (R5, R17)."""
_NOT_DECIDED = frozenset({"not_decided", "transferred"})
_DECISIONS = frozenset({"decision", "summary_decision"})


def circumstances(case: Case, whats: Iterable[str]) -> frozenset[str]:
    """Everything that happened: `whats` are the tokens of the current lines.

    A tick adds. The two that end a case without a decision hold only while the file shows none.
    """
    there = frozenset(whats)
    found = {_SHOWN[what] for what in there if what in _SHOWN} | (case.circumstances - COMPUTED)
    found.add("application" if case.procedure == "application" or "application" in found else "own_authority")
    if case.hearing in _HEARD:
        found.add("heard")
    if case.hearing and case.hearing != _UNTOUCHED:
        found.add("hearing_right")
    if case.major:
        found.add("major")
    if case.major_at_start:
        found.add("major_at_start")
    if case.kind == "inspection" and not found & _MEASURES:
        found.add("inspection_only")
    if case.review in _OPINED:
        found.add("reviewed_here")
    return frozenset(_plausible(found, case, there))


def _plausible(found: set[str], case: Case, there: frozenset[str]) -> set[str]:
    """Without what the file itself gainsays."""
    if "acceptance" in there:
        found.discard("refused_application")
    if not found & {"complaint", "complaint_named"}:
        found.discard("complaint_not_started")
    if "preserved" in found and "evidence_notice" not in there and "obtained" not in case.circumstances:
        found.discard("obtained")  # what is registered to be preserved (R14) has a list, and no notice (R12(2))
    if case.review in _NOT_DECIDED or found & {"refused_application", "complaint_not_started"}:
        found.add("undecided")
    if case.decided or there & _DECISIONS:
        found -= {"undecided", "complaint_not_started", "refused_application"}
    return found
