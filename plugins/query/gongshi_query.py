"""Datasette's hooks, each one call into gongshi.query.

`gongshi serve` starts all of this in one process. The plain command does too, behind nginx or alone:

    python -m gongshi.query.metadata build/datasette.json
    datasette build/public.db --host 127.0.0.1 --port 8001 --plugins-dir plugins/query \
        --metadata build/datasette.json --setting base_url /data/ --setting default_allow_sql 0 \
        --setting default_page_size 20 --setting max_returned_rows 100 --setting sql_time_limit_ms 1000 \
        --setting num_sql_threads 4 --setting allow_facet 0 --setting suggest_facets 0 \
        --setting allow_download 0 --setting allow_csv_stream 0 --setting default_cache_ttl 0 \
        --setting truncate_cells_html 200

It refuses to start where a setting is missing. build/site, build/shell and site_src are found from
where build/public.db lies.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl

from gongshi.query import app
from gongshi.query.counted import CountedFacets


@hookimpl
def startup(datasette: Any) -> None:
    """Check the settings before anything is served."""
    app.check(datasette)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Put the wall around Datasette."""
    return lambda inner: app.wrap(datasette, inner)


@hookimpl
def register_facet_classes() -> list[type]:
    """Facets of the table pages that are counted already."""
    return [CountedFacets]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Give Datasette's pages the site's look."""
    app.dress(env, Path(__file__).parent / "templates")


@hookimpl
def extra_template_vars(datasette: Any) -> Callable[[], Awaitable[dict[str, Any]]]:
    """The site's settings, header and footer for those pages."""
    return lambda: app.variables(datasette)
