"""The frame of every screen in a hall: a page of its own, without header and footer, in kiosk.css."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from gongshi.render.addresses import path_of
from gongshi.render.drawing import qr
from gongshi.render.look.assets import KIOSK, Asset, fingerprint
from gongshi.render.look.site import Site

if TYPE_CHECKING:
    from gongshi.render.press import Page, Press


@dataclass(frozen=True)
class Screen:
    """What kiosk-frame.html needs: whose screen it is, what is shown, and where a telephone finds the same."""

    site: Site
    name: str
    title: str
    updated_on: str
    own_style: str
    qr: Markup
    address: str


def style_of(press: Press) -> str:
    """The address of kiosk.css."""
    assets = cast("tuple[Asset, ...]", press.env.globals["assets"])
    return next(asset.url for asset in assets if asset.path.startswith(f"assets/{KIOSK.removesuffix('.css')}."))


def way_to(press: Press, path: str) -> tuple[Markup, str]:
    """The picture and the text of an address of the site."""
    address = f"{press.site.url}{path}"
    return qr(address), address


def screen_page(press: Press, where: str, template: str, shows: tuple[str, ...], context: Callable[[], Screen]) -> Page:
    """The screen at the address `where`; `shows` as Press.page has it."""
    mark = fingerprint(press.version_of(template), style_of(press), where, *shows)
    return press.file(path_of(where), mark, lambda: press.env.get_template(template).render(vars(context())).encode())
