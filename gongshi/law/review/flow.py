"""The course of a legal review: which event may follow which, who may cause it, and where it leads.

The table is the whole of it; what an event needs beyond the state stands in `conditions`. A review is never held as a
state that somebody set: it is what `replay` makes of the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gongshi.law.review.conditions import check
from gongshi.law.review.words import Event, Opinion, Outcome, ReviewRefused, Role, Ruling, State

_OPINION = "opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One event: `at` is the claimed instant (ISO with minutes and zone), `by` the person, `fields` what was said."""

    event: Event
    at: str
    by: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of review. `substance` is what the draft decides (party, facts, basis, result, amount) as submitted."""

    number: int
    submitted_at: str
    handler: str
    substance: str
    to: str = ""
    reviewer: str = ""
    received_at: str = ""
    requested: tuple[str, ...] = ()
    until: str = ""
    extended_at: str = ""
    opinion: Opinion | None = None
    opinion_at: str = ""
    objected: bool = False
    consulted: bool = False
    ruling: Ruling | None = None
    outcome: Outcome | None = None
    discussed_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Where a review stands: state, rounds, the instant of the last event, the draft's present substance."""

    state: State = State.NONE
    rounds: tuple[Round, ...] = ()
    at: str = ""
    substance: str = ""
    free: bool = False
    """Whether the next round may hand in the same draft again: the head ordered a new review."""

    @property
    def round(self) -> Round | None:
        """The present round, or the last."""
        return self.rounds[-1] if self.rounds else None


@dataclass(frozen=True, slots=True)
class Transition:
    """From a state by an event: who may cause it, where it leads, why.

    Where `by` names a field its word says where, or its word and the opinion together (`comply transfer`).
    """

    role: Role
    to: State | Mapping[str, State]
    article: str
    by: str = ""

    def leads_to(self, fields: Mapping[str, str]) -> State:
        """The next state. Raises ReviewRefused where the word that decides is none of those known."""
        if isinstance(self.to, State):
            return self.to
        said = fields.get(self.by, "")
        exactly = f"{said} {fields.get(_OPINION, '')}"
        found = self.to.get(exactly, self.to.get(said))
        if found is None:
            words = dict.fromkeys(word.partition(" ")[0] for word in self.to)
            raise ReviewRefused("review_word_unknown", self.article, f"{self.by} 只能是 {'、'.join(words)}")
        return found


_S, _E, _R = State, Event, Role
_ADOPTED: Mapping[str, State] = {
    Opinion.INVESTIGATE: _S.PREPARED,
    Opinion.NO_DECISION: _S.NOT_DECIDED,
    Opinion.CHANGE: _S.PREPARED,
    Opinion.CORRECT: _S.PREPARED,
    Opinion.TRANSFER: _S.TRANSFERRED,
}
"""Where each opinion but the first leads when it is adopted (L10, S3.3)."""
_OPINED: Mapping[str, State] = {opinion: _S.AGREED if opinion is Opinion.AGREE else _S.ADVISED for opinion in Opinion}
_RULED: Mapping[str, State] = {
    Ruling.NEW_REVIEW: _S.PREPARED,
    Ruling.NO_DECISION: _S.NOT_DECIDED,
    **{f"{Ruling.COMPLY} {opinion}": state for opinion, state in _ADOPTED.items()},
}
"""A ruling is never a pass; to comply leads where the opinion that was given leads."""
_DISCUSSED: Mapping[str, State] = {
    Outcome.PASS: _S.DISCUSSED,
    Outcome.CHANGE: _S.PREPARED,
    Outcome.INVESTIGATE: _S.PREPARED,
    Outcome.REJECT: _S.NOT_DECIDED,
}
_OPEN = (_S.PREPARED, _S.SUBMITTED, _S.INCOMPLETE, _S.REVIEWING, _S.AGREED, _S.ADVISED, _S.DISAGREEMENT, _S.REFERRED)
_UNDER_REVIEW = (_S.SUBMITTED, _S.INCOMPLETE, _S.REVIEWING)

TRANSITIONS: Mapping[tuple[State, Event], Transition] = {
    (_S.NONE, _E.REQUIRE): Transition(_R.SYSTEM, _S.PREPARED, "第三条"),
    (_S.PREPARED, _E.SUBMIT): Transition(_R.HANDLER, _S.SUBMITTED, "第五条"),
    (_S.SUBMITTED, _E.RECEIVE): Transition(_R.LEGAL, _S.REVIEWING, "第十一条"),
    **{
        (state, _E.REQUEST_MATERIALS): Transition(_R.LEGAL, _S.INCOMPLETE, "第六条第二款")
        for state in (_S.SUBMITTED, _S.REVIEWING)
    },
    (_S.INCOMPLETE, _E.SUPPLEMENT): Transition(_R.HANDLER, _S.REVIEWING, "第六条第二款"),
    (_S.REVIEWING, _E.INQUIRE): Transition(_R.LEGAL, _S.REVIEWING, "第九条"),
    **{(state, _E.EXTEND): Transition(_R.HEAD, state, "第十一条") for state in _UNDER_REVIEW},
    (_S.REVIEWING, _E.OPINE): Transition(_R.LEGAL, _OPINED, "第十条", by="opinion"),
    (_S.ADVISED, _E.ADOPT): Transition(_R.HANDLER, _ADOPTED, "第十二条", by="opinion"),
    (_S.ADVISED, _E.OBJECT): Transition(_R.HANDLER, _S.DISAGREEMENT, "第十二条"),
    (_S.DISAGREEMENT, _E.CONSULT): Transition(_R.EITHER, _S.DISAGREEMENT, "第十二条"),
    (_S.DISAGREEMENT, _E.YIELD): Transition(_R.HANDLER, _ADOPTED, "第十二条", by="opinion"),
    (_S.DISAGREEMENT, _E.REVISE): Transition(_R.LEGAL, _OPINED, "第十二条", by="opinion"),
    (_S.DISAGREEMENT, _E.REFER): Transition(_R.EITHER, _S.REFERRED, "第十二条"),
    (_S.REFERRED, _E.RULE): Transition(_R.HEAD, _RULED, "第十二条", by="ruling"),
    (_S.AGREED, _E.DISCUSS): Transition(_R.HEAD, _DISCUSSED, "第十三条", by="outcome"),
    (_S.DISCUSSED, _E.DECIDE): Transition(_R.HEAD, _S.DECIDED, "第十三条"),
    **{(state, _E.CHANGE_DRAFT): Transition(_R.HANDLER, _S.PREPARED, "第五条") for state in (_S.AGREED, _S.DISCUSSED)},
    (_S.PREPARED, _E.CHANGE_DRAFT): Transition(_R.HANDLER, _S.PREPARED, "第五条"),
    **{(state, _E.STOP): Transition(_R.HEAD, _S.NOT_DECIDED, "第十三条") for state in (*_OPEN, _S.DISCUSSED)},
}
"""Everything that may happen. What is not here is refused."""

INSTRUMENT = "《松原市重大行政执法决定法制审核办法》"


def advance(review: Review, happened: Happened) -> Review:
    """The review after one more event. Raises ReviewRefused, with the article, for what may not happen now."""
    transition = TRANSITIONS.get((review.state, happened.event))
    if transition is None:
        raise ReviewRefused(
            "review_not_now", _ARTICLES[happened.event], f"目前是“{review.state.label}”，不能{happened.event.label}"
        )
    fields = _with_opinion(review, happened)
    check(review, happened.event, happened.at, happened.by, fields, transition.article)
    state = transition.leads_to(fields)
    changed = _EFFECTS.get(happened.event, _nothing)(review, happened, fields)
    return replace(changed, state=state, at=happened.at)


def replay(events: Iterable[Happened]) -> Review:
    """What the events make of a review, from the first on. Raises ReviewRefused at the first that may not follow."""
    review = Review()
    for happened in events:
        review = advance(review, happened)
    return review


def _with_opinion(review: Review, happened: Happened) -> Mapping[str, str]:
    """Adopting, and complying, follow the opinion that was given, whatever is said."""
    if happened.event in (Event.ADOPT, Event.YIELD, Event.RULE) and review.round and review.round.opinion:
        return {**happened.fields, _OPINION: review.round.opinion}
    return happened.fields


def _nothing(review: Review, _happened: Happened, _fields: Mapping[str, str]) -> Review:
    return review


def _in_round(review: Review, **changes: object) -> Review:
    return replace(review, rounds=(*review.rounds[:-1], replace(review.rounds[-1], **changes)))  # type: ignore[arg-type]


def _submitted(review: Review, happened: Happened, fields: Mapping[str, str]) -> Review:
    opened = Round(
        number=len(review.rounds) + 1,
        submitted_at=happened.at,
        handler=happened.by,
        substance=fields["substance"],
        to=fields.get("to", ""),
    )
    return replace(review, rounds=(*review.rounds, opened), substance=fields["substance"], free=False)


def _received(review: Review, happened: Happened, _fields: Mapping[str, str]) -> Review:
    return _in_round(review, reviewer=happened.by, received_at=happened.at)


def _requested(review: Review, happened: Happened, fields: Mapping[str, str]) -> Review:
    """Whoever asks for materials has taken the review on."""
    current = review.rounds[-1]
    return _in_round(
        review,
        reviewer=current.reviewer or happened.by,
        received_at=current.received_at or happened.at,
        requested=tuple(fields["items"].split("、")),
        until=fields["until"],
    )


def _extended(review: Review, happened: Happened, _fields: Mapping[str, str]) -> Review:
    return _in_round(review, extended_at=happened.at)


def _opined(review: Review, happened: Happened, fields: Mapping[str, str]) -> Review:
    return _in_round(review, opinion=Opinion(fields["opinion"]), opinion_at=happened.at)


def _objected(review: Review, _happened: Happened, _fields: Mapping[str, str]) -> Review:
    return _in_round(review, objected=True)


def _consulted(review: Review, _happened: Happened, _fields: Mapping[str, str]) -> Review:
    return _in_round(review, consulted=True)


def _ruled(review: Review, _happened: Happened, fields: Mapping[str, str]) -> Review:
    ruling = Ruling(fields["ruling"])
    return replace(_in_round(review, ruling=ruling), free=ruling is Ruling.NEW_REVIEW)


def _discussed(review: Review, happened: Happened, fields: Mapping[str, str]) -> Review:
    return _in_round(review, outcome=Outcome(fields["outcome"]), discussed_at=happened.at)


def _changed(review: Review, _happened: Happened, fields: Mapping[str, str]) -> Review:
    return replace(review, substance=fields["substance"])


_EFFECTS = {
    Event.SUBMIT: _submitted,
    Event.RECEIVE: _received,
    Event.REQUEST_MATERIALS: _requested,
    Event.EXTEND: _extended,
    Event.OPINE: _opined,
    Event.REVISE: _opined,
    Event.OBJECT: _objected,
    Event.CONSULT: _consulted,
    Event.RULE: _ruled,
    Event.DISCUSS: _discussed,
    Event.CHANGE_DRAFT: _changed,
}
_ARTICLES = {event: found for (_, event), transition in TRANSITIONS.items() if (found := transition.article)}
