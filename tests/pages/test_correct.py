"""A citizen asks for a correction, prints the receipt and reads the answer, in a real Chromium (D31)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gongshi.instance import load
from gongshi.lifecycle.requests.answer import answer_request
from gongshi.lifecycle.requests.inbox import take_in_requests
from gongshi.records.request import RequestState
from gongshi.store import Store
from gongshi.store.journal import CITY_CLOCK

pytestmark = pytest.mark.browser

ANSWERS = {
    "item": "罚款的数额",
    "wrong": "<script>document.title='x'</script>写成五万元",
    "right": "五千元",
    "evidence": "决定书第二页写的是五千元。",
    "contact": "0438-0000009",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def answered(root: Path, number: str) -> None:
    """What the department does: the same as `gongshi rebuild` and `gongshi answer`, without the pages."""
    now = datetime.now(CITY_CLOCK)
    instance = load(root)
    with Store.open(root / "data" / "store.db") as store:
        assert number in take_in_requests(store, root, lambda: instance, now=now).taken
        found = store.db.execute("SELECT department FROM requests WHERE number = ?", (number,)).fetchone()
        by = instance.departments[found["department"]].submitters[0]
        answer_request(
            *(store, instance, number),
            by=by,
            result=RequestState.REFUSED,
            reason="经核对决定书原件，数额无误。",
            today=now.date(),
            now=now,
        )


@pytest.mark.article("D31")
def test_a_citizen_asks_for_a_correction_and_reads_the_answer(visit, tmp_path: Path) -> None:
    page = visit.open("/")
    page.locator("main a[href^='/decisions/']").first.click()
    page.locator("main a[href^='/correct/']").first.click()
    visit.picture("correct")
    assert page.locator("h1").inner_text() == "申请更正公示信息"
    assert fits(page)
    page.get_by_label("您的姓名或者单位名称").fill("王小明")
    page.get_by_role("button", name="提交申请").click()
    visit.picture("correct-wrong")
    assert page.get_by_role("alert").is_visible()
    assert page.title().startswith("有 6 处需要修改")
    assert page.get_by_label("您的姓名或者单位名称").input_value() == "王小明"
    assert fits(page)
    page.get_by_label("其他公民、法人或者其他组织").check()
    for name, value in ANSWERS.items():
        page.locator(f"#{name}").fill(value)
    evidence = tmp_path / "证据.pdf"
    evidence.write_bytes(PDF)
    page.get_by_label("证据文件").set_input_files(evidence)
    page.get_by_role("button", name="提交申请").click()
    visit.picture("correct-receipt")
    assert fits(page)
    number, secret = page.locator("#number").inner_text(), page.locator("#secret").inner_text()
    page.get_by_role("link", name="/correct/status").click()
    ask(page, number, secret)
    assert page.locator(".gs-state").inner_text() == "已收到"
    answered(visit.city.root, number)
    ask(page, number.lower(), secret.lower())
    visit.picture("correct-status")
    assert page.locator(".gs-state").inner_text() == "不予更正"
    assert "经核对决定书原件" in page.locator("main").inner_text()
    assert fits(page)
    assert all(asked.startswith(visit.city.url) for asked in visit.requests)
    refused = "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    assert visit.complaints in ([refused], [refused.replace("Entity", "Content")])


def ask(page: Page, number: str, secret: str) -> None:
    page.get_by_label("回执编号").fill(number)
    page.get_by_label("查询码").fill(secret)
    page.get_by_role("button", name="查询").click()
