"""Boards with more on them than anybody writes: nothing runs off a screen or a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from gongshi.render.press import Press
from gongshi.render.registry.boards import boards_of
from tests.pages.test_registry import OVERFLOWS, SCREENS, SECONDS
from tests.render.conftest import MARKET, PublicDb

pytestmark = pytest.mark.browser

TEMPLATES = Path(__file__).parents[2] / "site_src" / "templates"
HOST = "http://boards.invalid"
LONG = "一次告知申请人需要补正的全部内容，不得要求提交与申请事项无关的材料；"
MUCH = {
    "post": "综合受理、咨询引导和证件发放以及政务公开事项的一窗受理岗位" * 3,
    "window": "政务服务中心一楼大厅东侧综合受理区第十二号窗口和第十三号窗口" * 3,
    "duties": LONG * 20,
    "hours": "工作日上午8:30至11:30，下午13:00至16:30；" * 4,
    "place": "示例市示例区示例大街一百二十三号政务服务中心一楼大厅东侧综合受理区",
    "phone": "0438-0000001、0438-0000002、0438-0000003",
    "progress_query": "凭受理通知书上的编号在窗口、政务服务网或者拨打咨询电话查询办理的每一步。" * 4,
    "consult": "0438-0000001",
    "complaint": "0438-0000001",
}
LINES = {
    **MUCH,
    "post": "逐行写职责的岗位",
    "window": "二号窗口",
    "duties": "\n".join(f"{n}. 受理。" for n in range(1, 41)),
}


@dataclass
class Pages:
    """Pages made without a server, by path; a browser is given them as if they came from HOST."""

    files: dict[str, bytes]
    sheets: tuple[str, ...]
    screen: str

    def answer(self, route: Any) -> None:
        path = route.request.url.removeprefix(HOST).lstrip("/")
        kind = "text/css" if path.endswith(".css") else "image/svg+xml" if path.endswith(".svg") else "text/html"
        content = self.files.get(path) or self.files.get(f"{path}index.html")
        route.fulfill(status=200 if content else 404, body=content or b"", content_type=f"{kind}; charset=utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    public = PublicDb(tmp_path_factory.mktemp("boards") / "public.db")
    numbers = [f"220701000{number:02}" for number in range(14)]
    for number in numbers:
        public.record("officer", name="阿不都热西提·示例买买提", certificate_number=number)
    codes = [f"2207-XK-0{number:02}" for number in range(14)]
    for code in codes:
        public.record(
            "enforcement_item", code=code, name=f"{code}对违反示例管理条例经营示例商品行为的行政许可和监督检查事项"
        )
    for texts in (MUCH, LINES):
        public.record("post_board", officers="、".join(numbers), items="、".join(codes), **texts)
    env = environment(TEMPLATES)
    press = Press(
        public.db, env, Shell(b"<header class='gs-header'>H</header>", b"<footer class='gs-footer'>F</footer>"), NOTHING
    )
    files = {page.path: page.render() for page in boards_of(press, MARKET)}
    files |= {asset.path: asset.content for asset in env.globals["assets"]}  # type: ignore[attr-defined]
    sheets = tuple(path for path in files if path.endswith("-sheet.html"))
    yield Pages(files, sheets, f"boards/kiosk/{MARKET}/")
    public.db.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_holds_whatever_a_board_says(browser: Any, pages: Pages, screen: str) -> None:
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.route("**/*", pages.answer)
    found, address = {}, f"{HOST}/{pages.screen}"
    while address not in found:
        page.goto(address)
        found[address] = []
        for turn in range(page.locator("section").count()):
            moved = turn * SECONDS * 1000 + 500
            page.evaluate(f"document.getAnimations().forEach((one) => {{ one.currentTime = {moved} }})")
            found[address] += page.evaluate(OVERFLOWS)
        after = page.locator("body > header a")
        address = HOST + (after.get_attribute("href") or "") if after.count() else address
    page.close()
    assert {address: beyond for address, beyond in found.items() if beyond} == {}


def test_a_sheet_holds_it_on_one_page(browser: Any, pages: Pages) -> None:
    cut = "(() => { const a = document.querySelector('.gs-a4'); return a.scrollHeight - a.clientHeight })()"
    found = {}
    for sheet in pages.sheets:
        page = browser.new_page()
        page.route("**/*", pages.answer)
        page.goto(f"{HOST}/{sheet}")
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1047, "height": 718})  # what is left of A4 across, at 96 dots to the inch
        found[sheet] = (len(printed.pages), max(0, page.evaluate(cut)))
        page.close()
    assert found == dict.fromkeys(pages.sheets, (1, 0))
