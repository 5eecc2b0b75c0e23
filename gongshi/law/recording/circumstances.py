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
_HEARD, _GIVEN_UP, _UNTOUCHED = ("已要求", "已举行"), "放弃", "未涉及"
"""From the demand on the case is one with a hearing, unless it is given up before it was held (L3(3))."""
_MEASURES = frozenset({"liberty", "sealed", "seized", "frozen", "preserved", "ordered_correction", "enforced"})


def circumstances(case: Case, whats: Iterable[str], refused: bool) -> frozenset[str]:
    """Everything that happened: `whats` are the tokens of the current lines, `refused` whether one tells of a refusal.

    A tick adds, it never takes away.
    """
    found = {_SHOWN[what] for what in whats if what in _SHOWN} | case.circumstances
    found.add("application" if case.procedure == "application" or "application" in found else "own_authority")
    if case.hearing in _HEARD:
        found.add("heard")
    if case.hearing and case.hearing != _UNTOUCHED:
        found.add("hearing_right")
    if refused:
        found.add("party_refused")
    if case.major:
        found.add("major")
    if case.major_at_start:
        found.add("major_at_start")
    if case.kind == "inspection" and not found & _MEASURES:
        found.add("inspection_only")
    return frozenset(found)
