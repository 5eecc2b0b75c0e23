"""The status as a page for the webmaster: complete in itself, without script, and with a word in the title that a
look at the tab tells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

_RESULT = {"ok": "正常", "attention": "需要处理", "failed": "没有做成"}
_MOST_TOLD = 1_000
"""Numbers of decisions that the page lists of each matter; status.json has all."""
_CHANGED = {
    "receipts": "接收新批次",
    "reviews": "记录审核",
    "published": "新公示",
    "corrected": "更正",
    "restored": "恢复公示",
    "stopped": "停止或者暂缓公示",
    "public": "公示中",
    "written": "写入页面",
    "removed": "撤去页面",
}
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{{ word }}：{{ status.site }}更新情况</title>
<style>
body { font: 16px/1.6 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-bottom: .2rem }
.failed { border-left: 4px solid #b3261e; padding-left: .8rem }
.attention { border-left: 4px solid #b06000; padding-left: .8rem }
.notice { border-left: 4px solid #c5c5c5; padding-left: .8rem }
table { border-collapse: collapse } th { text-align: left; font-weight: normal; padding-right: 2rem }
td { text-align: right } code { word-break: break-all } p { margin: .2rem 0 }
</style>
</head>
<body>
<h1>{{ word }}：{{ status.site }}</h1>
<p>{{ status.at|minute }} 更新，按 {{ status.today }} 适用规则，用时 {{ status.seconds }} 秒。
{% if status.went_well_at %}上一次更新成功：{{ status.went_well_at|minute }}。
{% else %}还没有一次更新成功。
{% endif %}</p>
<p>本页只供网站管理员查看，不在公开的网站里。</p>
{% for matter in status.matters %}
<section class="{{ matter.level }}">
<h2>{{ matter.label }}：{{ matter.count }} 件</h2>
{% for line in matter.said %}<p>{{ line }}</p>
{% endfor %}
{% for key, count in matter.departments.items() %}<p>{{ matter.names.get(key, key) }}：{{ count }} 件</p>
{% endfor %}
{% if matter.ids %}<details><summary>编号</summary>
<p><code>{{ matter.ids[:most]|join(" ") }}</code>{% if matter.ids|length > most %} 等，全部见 status.json{% endif %}</p>
</details>{% endif %}
</section>
{% else %}
<p>没有需要处理的事项。</p>
{% endfor %}
<h2>这次更新</h2>
{% if status.changed %}
<table>
{% for name, count in status.changed.items() %}<tr><th scope="row">{{ words[name] }}</th><td>{{ count }}</td></tr>
{% endfor %}
</table>
{% else %}<p>没有变化。</p>{% endif %}
</body>
</html>
"""


def page(status: Mapping[str, Any]) -> str:
    """The page of what `Status.to_json` gave."""
    return _template().render(status=status, word=_RESULT[status["result"]], words=_CHANGED, most=_MOST_TOLD)


@cache
def _template() -> Template:
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    env.filters["minute"] = lambda at: at[:16].replace("T", " ")
    return env.from_string(_PAGE)
