"""The audit of a running server: what it answers, whoever asks for whatever.

Follows every link of the same host from the front page on, and asks besides for what must not be there: the
addresses of what is not public, the index's own tables, files that no server may give. One request at a time.
"""

from __future__ import annotations

import io
import ipaddress
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import httpx

from gongshi.publish.audit.build import look_into
from gongshi.publish.audit.kept import Sought
from gongshi.publish.audit.patterns import Patterns
from gongshi.publish.audit.plain import plain
from gongshi.publish.audit.report import Report, Unread
from gongshi.publish.audit.scan import Scanner
from gongshi.publish.audit.unpack import Limits
from gongshi.publish.audit.values import What
from gongshi.publish.gate.secrets import SHORTEST_TEXT
from gongshi.query import tokens
from gongshi.render.addresses import record_pages

Progress = Callable[[int, int], None]

_LARGEST = 2 * 2**30
_SAME_PATH = 40
"""Addresses that differ only behind the question mark: filters can be combined without end."""
_ASKED = 300
"""Withheld values that are asked of the search, and addresses of what is not public."""
_TIMEOUT = 30.0
_START = (
    *("/", "/sitemap.xml", "/robots.txt", "/decisions/", "/notices/", "/departments/", "/search", "/data/"),
    *("/api/v1/", "/api/v1/decisions", "/api/v1/notices", "/feeds/decisions.atom", "/feeds/notices.atom"),
    *("/feeds/decisions.json", "/kiosk/", "/bulletins/", "/downloads/datapackage.json", "/downloads/catalog.jsonld"),
    *(
        "/officers/",
        "/items/",
        "/guides/",
        "/boards/",
        "/texts/",
        "/registers/",
        "/api/v1/records",
        "/api/v1/registers",
    ),
    *("/no-such-page", "/decisions/00/0000000000000000.html", "/api/v1/decisions/0000000000000000"),
)
_CLOSED = (
    *("/data/public/decisions_fts", "/data/public/decisions_fts_data", "/data/public/decisions_fts_idx"),
    *("/data/public/decisions_fts_docsize", "/data/public/decisions_fts_config", "/data/public/decisions~5Ffts~5Fdata"),
    *("/data/public/records_fts", "/data/public/records_fts_data", "/data/public/records_fts_idx"),
    *("/data/public/attachments", "/data/public/organisations", "/data/public/tags", "/data/public/help"),
    *("/data/public/decisions%5Ffts%5Fdata", "/data/public/meta", "/data/public/sqlite_master", "/data/public.db"),
    *("/data/public?sql=select+1", "/data/public.json?sql=select+1", "/data/-/databases.json", "/data/-/config"),
    *("/-/databases", "/public.db", "/build/public.db", "/store.db", "/data/store.db", "/data/tombstones.jsonl"),
    *("/data/inbox/", "/data/keys/inbox.key", "/manifest.db", "/status.json", "/status.html", "/.git/config"),
)
"""What no server gives."""
_LINKS = re.compile(
    rb"""(?:href|src|action|content)\s*=\s*["']([^"'<>\s]+)|<loc>\s*([^<\s]+)|"((?:https?://|/)[^"\\<>\s]*)\""""
)
_OK, _MOVED, _ERROR = 200, 300, 400
_SHOWN = "答复"


class Unreachable(RuntimeError):
    """No server answers at the address."""

    code = "A001"


@dataclass(slots=True)
class _Crawl:
    """One round over a server. `waiting` are addresses still to be asked for."""

    client: httpx.Client
    base: str
    scanner: Scanner
    report: Report
    most: int
    waiting: deque[str] = field(default_factory=deque)
    known: set[str] = field(default_factory=set)
    by_path: Counter[str] = field(default_factory=Counter)

    def add(self, address: str, of: str) -> None:
        """Remember an address of this host, once."""
        url = urldefrag(urljoin(of, address))[0]
        path = urlsplit(url).path
        if not url.startswith(self.base) or url in self.known or self.by_path[path] >= _SAME_PATH:
            return
        self.known.add(url)
        self.by_path[path] += 1
        self.waiting.append(url)

    def get(self, url: str, *, own: frozenset[str] = frozenset()) -> httpx.Response | None:
        """Ask for one address and look at all of the answer. `own` are values that stand in the question itself."""
        try:
            with self.client.stream("GET", url) as response:
                content = b"".join(_bounded(response))
        except (httpx.HTTPError, ValueError) as error:
            self.report.unread.append(Unread(_told(url), "", f"没有得到完整的答复（{type(error).__name__}）"))
            return None
        self.report.files += 1
        self.report.size += len(content)
        self._look(url, response, content, own)
        return httpx.Response(response.status_code, headers=_plain_headers(response), content=content)

    def _look(self, url: str, response: httpx.Response, content: bytes, own: frozenset[str]) -> None:
        found = Report(show=self.report.show)
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        for sought in self.scanner.text(headers.encode()):
            found.add(_told(url), "答复头", sought)
        limits = Limits()
        look_into(io.BytesIO(content), urlsplit(url).path, self.scanner, found, limits, told=_told(url))
        self.report.unpacked += limits.spent
        self.report.merge(found, but=own)

    def links(self, url: str, response: httpx.Response) -> None:
        """Every address that an answer names."""
        if location := response.headers.get("location"):
            self.add(location, url)
        kind = response.headers.get("content-type", "")
        if any(word in kind for word in ("html", "xml", "json")):
            for found in _LINKS.finditer(response.content):
                address = next(filter(None, found.groups())).decode("utf-8", "replace")
                self.add(address.replace("&amp;", "&"), url)


def audit_server(
    base: str,
    patterns: Patterns,
    *,
    most: int,
    show: bool = False,
    client: httpx.Client | None = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Look for `patterns` in everything that the server at `base` answers.

    Withheld values are asked of its search only where it is this machine: elsewhere they would end up in a log.
    `most` bounds the requests that follow links. Raises Unreachable.
    """
    report = Report.of(patterns, show=show)
    host = f"{base.rstrip('/')}/"
    with client or httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as asked:
        _reach(asked, host)
        crawl = _Crawl(asked, host, Scanner(patterns), report, most)
        _follow(crawl, progress)
        _closed(crawl)
        _hidden(crawl, patterns)
        if is_own_machine(host):
            _search(crawl, patterns)
        else:
            report.notes.append("没有用不公开的值去查询：对方不是本机，查询内容会留在它的日志里。")
    return report


def _reach(client: httpx.Client, host: str) -> None:
    try:
        client.get(host)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(
            f"A001 {host} 没有答复（{type(error).__name__}）：请检查网址，确认 gongshi serve 或 nginx 正在运行。"
        ) from None


def _follow(crawl: _Crawl, progress: Progress) -> None:
    for path in _START:
        crawl.add(path, crawl.base)
    done = 0
    while crawl.waiting and done < crawl.most:
        url = crawl.waiting.popleft()
        if response := crawl.get(url):
            crawl.links(url, response)
        done += 1
        progress(done, done + len(crawl.waiting))
    if crawl.waiting:
        crawl.report.unread.append(Unread(crawl.base, "", f"还有 {len(crawl.waiting)} 个网址没有看，请用 --most 放宽"))


def _closed(crawl: _Crawl) -> None:
    """Addresses that must be closed whatever they hold."""
    for path in _CLOSED:
        url = urljoin(crawl.base, path)
        response = crawl.get(url)
        if response is not None and response.status_code < _MOVED:
            crawl.report.add(path, _SHOWN, Sought(What.OPEN, "", "应当关闭的网址", path, path))


def _hidden(crawl: _Crawl, patterns: Patterns) -> None:
    """The addresses of what is not public give nothing."""
    for one in _spread(lambda: filter(_is_address, patterns.sought)):
        for path in _addresses(one.raw):
            response = crawl.get(urljoin(crawl.base, path), own=frozenset({one.plain}))
            if response is not None and response.status_code < _ERROR:
                crawl.report.add(path, _SHOWN, one)


def _addresses(record: str) -> Iterator[str]:
    """Where a decision or a record would answer."""
    yield f"/decisions/{record[:2]}/{record}.html"
    yield from (f"/api/v1/{kind}/{record}" for kind in ("decisions", "records"))
    yield from (f"/{page}" for page in record_pages(record))


def _search(crawl: _Crawl, patterns: Patterns) -> None:
    """Withheld values, asked as a visitor would: the search may know none of them."""
    for one in _spread(lambda: filter(_asked, patterns.sought)):
        run = _asked(one)
        own = frozenset(other.plain for other in patterns.matches(plain(run)))
        for path in ("search", "suggest"):
            crawl.get(f"{crawl.base}{path}?q={quote(run)}", own=own)
        for path in ("api/v1/decisions", "api/v1/records"):
            response = crawl.get(f"{crawl.base}{path}?q={quote(run)}", own=own)
            if response is not None and response.status_code == _OK:
                for item in response.json().get("items", ()):
                    if one.plain not in plain(str(item)):  # otherwise it is the middle of something longer
                        crawl.report.add(f"/{path}?q=…", str(item.get("id", "")), one)


def _is_address(one: Sought) -> bool:
    return one.what is What.RECORD


def _asked(one: Sought) -> str:
    """What is typed into the search for a value; "" for what is not asked."""
    run = max(tokens.runs(one.raw), key=len, default="")
    return run[: tokens.MAX_QUERY] if one.what is not What.RECORD and len(run) >= SHORTEST_TEXT else ""


def _spread(found: Callable[[], Iterator[Sought]]) -> Iterator[Sought]:
    """So many of them, from all over."""
    step = max(1, sum(1 for _ in found()) // _ASKED)
    return islice(found(), 0, None, step)


def is_own_machine(url: str) -> bool:
    """Whether a server runs where nobody else keeps its log."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bounded(response: httpx.Response) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > _LARGEST:
            raise ValueError("too large")
        yield chunk


def _plain_headers(response: httpx.Response) -> dict[str, str]:
    """Headers without those that speak of how the content came packed."""
    return {
        name: value for name, value in response.headers.items() if name not in ("content-encoding", "content-length")
    }


def _told(url: str) -> str:
    """An address as it is reported: without what was asked, which may be a withheld value."""
    parts = urlsplit(url)
    return parts.path + ("?…" if parts.query else "")
