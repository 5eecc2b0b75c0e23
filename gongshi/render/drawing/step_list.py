"""The steps of a procedure in words: everything that the flowchart shows, and what it has no room for."""

from __future__ import annotations

from markupsafe import Markup

from gongshi.render.drawing.steps import Rows, Step, steps_of

_ITEM = Markup('<li id="{anchor}"><strong>{name}</strong>{facts}{note}{onward}</li>\n')
_LINE = Markup("<p>{}</p>")
_LINK = Markup('<a href="#{anchor}">{name}</a>')
_FACTS = (("actor", "承办"), ("term", "时限"), ("documents", "文书"))


def step_list(rows: Rows, mark: str = "step") -> Markup:
    """The list, each next step a link to its item. `mark` begins the items' ids: another one for each list of a page.

    Steps numbered 1, 2, 3 … are numbered by the list itself, others carry their number in words.
    """
    steps = steps_of(rows)
    counted = all(step.number == str(place) for place, step in enumerate(steps, start=1))
    names = [step.name if counted else f"{step.number} {step.name}".strip() for step in steps]
    items = Markup("").join(_item(step, place, names, mark) for place, step in enumerate(steps))
    tag = Markup("ol") if counted else Markup("ul")
    return Markup('<{0} class="gs-flow-list">\n{1}</{0}>').format(tag, items)


def _item(step: Step, place: int, names: list[str], mark: str) -> Markup:
    facts = "；".join(f"{word}：{value}" for name, word in _FACTS if (value := getattr(step, name)))
    return _ITEM.format(
        anchor=_anchor(mark, place),
        name=names[place],
        facts=_LINE.format(facts) if facts else "",
        note=_LINE.format(step.note) if step.note else "",
        onward=_LINE.format(_onward(step, names, mark)),
    )


def _onward(step: Step, names: list[str], mark: str) -> Markup:
    if not step.ways:
        return Markup("流程到此结束。")
    links = (
        Markup("{}{}").format(
            f"{way.case}，" if way.case else "", _LINK.format(anchor=_anchor(mark, way.to), name=names[way.to])
        )
        for way in step.ways
    )
    return Markup("下一步：{}").format(Markup("；").join(links))


def _anchor(mark: str, place: int) -> str:
    return f"{mark}-{place + 1}"
