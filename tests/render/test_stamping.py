"""What is stamped into a form is byte for byte what Jinja prints, whatever stands in the values."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from gongshi.records import DECISION_KINDS
from gongshi.render.decisions.page import decision_page
from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.look.compiling import Templates
from gongshi.render.look.shell import Shell
from gongshi.render.look.stamping import Forms
from gongshi.render.press import Press
from gongshi.render.words import date_zh, moment

HOSTILE = (
    "</dd><script>alert(1)</script>",
    '" onmouseover="x',
    "<!--shell:footer-->",
    "{{ site.name }} {% raw %}",
    "\ue0001\ue001 \ue000999\ue001",
    "甲\N{ASTERISM}乙",
    "\u202e反\u200b着读\x07",
    "第一行\n第二行\r\n<b>&amp;</b>",
    "松原市行政执法信息公示平台（示例）",
    "A" * 41,
    "·",
)
PARTIES = (
    {"name": "松原示例商贸有限公司", "type": "法人及非法人组织", "uscc": "91220700MA0000000X"},
    {"name": "张某某", "type": "自然人"},
    {"name": "<i>店</i>", "type": "个体工商户", "fine": "500", "own": '{"content": "罚款<500元"}'},
)
TEXTS = ("title", "document_number", "remedies", "content", "facts", "legal_basis", "due_text", "due_article")
DAYS = ("served_on", "changed_on", "legal_due", "publish_until", "updated_on")
EVENTS = (
    "[]",
    '[{"event": "correct", "on": "2026-03-09", "fields": ["<u>金额</u>"]}]',
    '[{"event": "change", "on": "2026-03-10", "fields": []}]',
)


def some_decision(chance: random.Random, public: Any) -> str:
    texts = {name: chance.choice((*HOSTILE, "普通的一句话。")) for name in TEXTS if chance.random() < 0.5}
    days = {name: chance.choice(("2026-03-04", "2026-12-31", "长期")) for name in DAYS if chance.random() < 0.4}
    absent = dict.fromkeys(("due_rule", "duty_rule", "until_article") if chance.random() < 0.3 else ())
    flags = {name: int(chance.random() < 0.3) for name in ("corrected", "earlier", "due_provisional")}
    return str(
        public.decision(
            chance.choice(list(DECISION_KINDS)),
            parties=chance.choices(PARTIES, k=chance.choice((0, 1, 1, 2, 5))),
            history=chance.choice(EVENTS),
            held_fields=chance.choice(("[]", '["content"]', '["party_name", "legal_basis"]')),
            **texts,
            **days,
            **absent,
            **flags,
        )
    )


def test_a_stamped_page_is_what_jinja_prints(public: Any, env: Any, shell: Shell) -> None:
    chance = random.Random(4)
    ids = [some_decision(chance, public) for _ in range(2_000)]
    press = Press(public.db, env, shell, NOTHING)
    template = env.get_template("decision.html")
    wanted = {one.path.rpartition("/")[2][:-5]: one for one in public.plan(env, shell) if "decision:" in one.part}
    for one in press.entries.announce(ids):
        plain = shell.wear(template.render(vars(decision_page(press, one))))
        assert wanted[one.id].render() == plain


def test_ordinary_pages_are_stamped_and_few_forms_serve_many(
    public: Any, env: Any, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    public.city()
    made = [page.render for page in public.plan(env, shell) if page.part.startswith("decision:")]
    plainly = []
    printed = Forms._plainly
    monkeypatch.setattr(Forms, "_plainly", lambda *some: plainly.append(some[1]) or printed(*some))
    for render in made:
        render()
    assert plainly.count("decision.html") < len(made)


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{{ a }}{% if a == '甲' %}!{% endif %}", ("乙", "甲")),
        ("{% if a in ['甲'] %}!{% endif %}{{ a }}", ("乙", "甲")),
        ("{{ a.startswith('甲') }}", ("乙", "甲")),
        ("{{ a|length }}", ("乙", "甲乙")),
        ("{{ a|upper }}{{ a[:1] }}", ("ab", "c")),
        ("{% for one in a %}{{ one }}-{% endfor %}", ("ab", "c")),
        ("{{ a|moment }}{{ a|date_zh }}{{ a }}{{ a|replace('6', '七') }}", ("2026-03-06", "2025-01-01", "")),
        ("{{ a or '—' }}{% if not a %}无{% endif %}", ("甲", "", "乙")),
        ("{{ 'x' ~ a }}{{ a|e }}{{ a|safe }}", ("<b>", "c")),
        ("{{ a }}", (Markup("<b>甲</b>"), Markup("<i>"))),
        ("{{ a }}{{ a }}", ("\ue0000\ue001", "\N{ASTERISM}")),
        ("\ue0000\ue001{{ a }}", ("甲", "乙")),
    ],
)
def test_whatever_a_template_asks_of_a_value_it_prints_the_same(template: str, values: tuple[Any, ...]) -> None:
    env = Templates(loader=DictLoader({"t": template}), autoescape=True)
    env.filters.update(moment=moment, date_zh=date_zh)
    forms = Forms(env)
    for value in (*values, *values):
        plain = env.get_template("t").render(a=value).encode()
        assert forms.print("t", (), [value], lambda some: {"a": some[0]}) == plain


def test_so_many_forms_and_no_more_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("gongshi.render.look.stamping._MOST", 3)
    forms = Forms(Templates(loader=DictLoader({"t": "{{ form }}{{ a }}"}), autoescape=True))
    for form in range(10):
        assert (
            forms.print("t", form, ["甲"], lambda some, form=form: {"a": some[0], "form": form}) == f"{form}甲".encode()
        )
        assert len(forms._forms) <= 3
