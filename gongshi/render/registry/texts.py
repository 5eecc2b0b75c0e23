"""Normative texts with their catalogue fields (S0, S5), and what departments determined to publish (D16)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongshi.records.registry.text import CATEGORIES
from gongshi.render.contexts import Counted
from gongshi.render.look.site import Crumb
from gongshi.render.press import Page, Press
from gongshi.render.registry.contexts import Group, Paragraph, TextPage
from gongshi.render.registry.groups import Index, by_department, groups_page
from gongshi.render.registry.record import Record
from gongshi.render.registry.telling import HOME, head, past, procedure
from gongshi.render.registry.values import facts

TEXT, DETERMINATION = "normative_text", "determination"
BASE, DETERMINED = "/texts/", "/determinations/"
_CATALOGUE = (
    *("index_number", "category", "classification", "issuer", "formed_on", "document_number", "released_on"),
    *("applies_to", "effective_from", "effective_to"),
)
_DETERMINED = ("act", "document", "decided_on", "basis", "effective_from", "effective_to")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百零]+[章节](?:\s|$)")
_ARTICLE = re.compile(r"(第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?|[一二三四五六七八九十]+、)(.*)")


def texts_index(press: Press) -> Iterator[Page]:
    """The texts by category, in the order of “12345+”."""
    lines = [one for one in press.registry.lines(TEXT) if not one.is_over]
    category = press.registry.values(TEXT, "category")
    groups = (
        Group(f"c{place}", name, tuple(one for one in lines if category.get(one.id) == name))
        for place, name in enumerate(CATEGORIES)
    )
    intro = "推行三项制度的实施方案和办法、规范用语、文书样本、法制审核流程图。"
    found = tuple(group for group in groups if group.lines)
    more = (Counted("行政强制、行政征收、行政收费公开哪些内容", DETERMINED, 0),)
    yield groups_page(press, Index(base=BASE, heading="制度文本", intro=intro, kind=TEXT, groups=found, more=more))


def determinations_index(press: Press) -> Iterator[Page]:
    """What is published of coercion, levies and charges, by department."""
    groups = by_department(press, press.registry.lines(DETERMINATION))
    intro = "行政强制、行政征收、行政收费的决定公开哪些内容，由部门确定并公布；确定以前，这几类决定不公示。"
    index = Index(base=DETERMINED, heading="公开内容的确定", intro=intro, kind=DETERMINATION, groups=groups)
    yield groups_page(press, index)


def text_page(press: Press, text: Record) -> Iterator[Page]:
    """One text."""
    yield _page(press, text, Crumb("制度文本", BASE), _CATALOGUE, text.text("body"))


def determination_page(press: Press, determination: Record) -> Iterator[Page]:
    """One determination."""
    crumb = Crumb("公开内容的确定", DETERMINED)
    yield _page(press, determination, crumb, _DETERMINED, determination.text("content"))


def _page(press: Press, record: Record, index: Crumb, catalogue: tuple[str, ...], body: str) -> Page:
    title = record.title if record.kind == TEXT else f"{record.department_name}{record.title}公开内容的确定"

    def context() -> TextPage:
        return TextPage(
            site=press.site,
            head=head(record, title=title, description=body),
            crumbs=(HOME, index, Crumb(title)),
            updated_on=record.updated_on,
            record=record,
            title=title,
            catalogue=facts(record, catalogue),
            paragraphs=tuple(paragraphs(body)),
            procedure=procedure(record),
            past=past(record),
        )

    return press.page(record.href, "text.html", (record.mark,), context)


def paragraphs(body: str) -> Iterator[Paragraph]:
    """The lines of a text, with chapters as headings and the number of each article apart."""
    for line in filter(None, map(str.strip, body.splitlines())):
        if _CHAPTER.match(line):
            yield Paragraph("", line, True)
        elif found := _ARTICLE.fullmatch(line):
            yield Paragraph(found[1], found[2].strip(), False)
        else:
            yield Paragraph("", line, False)
