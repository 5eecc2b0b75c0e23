"""The blanks of the catalogue's templates: each is drawn anew for the decision at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

from gongshi.sample import names, numbers, places
from gongshi.sample.catalogue import Sector
from gongshi.sample.names import skewed

_PLATFORMS = ("某外卖平台", "某短视频平台", "微信公众号", "网络店铺首页", "自有网站", "某电商平台")
_RESIDUES = (
    "毒死蜱",
    "腐霉利",
    "噻虫胺",
    "恩诺沙星",
    "镉",
    "铅",
    "菌落总数",
    "过氧化值",
    "甜蜜素",
    "耐压强度",
    "阻燃性能",
)
_MAKER_PLACES: tuple[str, ...] = (
    "松原市",
    "长春市",
    "吉林省",
    "哈尔滨市",
    "沈阳市",
    "扶余市",
    "四平市",
    "山东",
    "河南省",
    "白城市",
)
_CROPS = ("玉米", "水稻", "绿豆", "花生", "向日葵", "高粱")

_WHOLE = 0.7


class Slots(Mapping[str, str]):
    """A mapping for `str.format_map` in which a look-up is a draw.

    `on` is the day of the decision; days in the text lie before it. Goods (of the range
    `about`, if one is set), maker, site, plate and road are drawn once, so that one text speaks of one thing.
    """

    def __init__(self, rng: Random, sector: Sector, region: str, on: date) -> None:
        self.rng, self.sector, self.region, self.on = rng, sector, region, on
        self.about = ""
        self._kept: dict[str, str] = {}
        self._back = 0
        self._goods: tuple[str, str] | None = None

    def fill(self, template: str) -> str:
        """`template` with its blanks filled."""
        return template.format_map(self) if "{" in template else template

    def __getitem__(self, key: str) -> str:
        if key in self._kept:
            return self._kept[key]
        value = _DRAWS[key](self)
        if key in _ONCE:
            self._kept[key] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(_DRAWS)

    def __len__(self) -> int:
        return len(_DRAWS)

    def spoke_of(self, key: str) -> bool:
        """Whether `key` has been drawn for this text."""
        return key in self._kept

    def day(self) -> str:
        """A day in the weeks before the decision as documents write it, each before the last one named."""
        self._back += 1 + int(40 * self.rng.random() ** 2)
        day = self.on - timedelta(days=self._back)
        return f"{day.year}年{day.month}月{day.day}日"

    def goods(self) -> tuple[str, str]:
        """What the text is about, and the unit in which it is counted."""
        if self._goods is None:
            self._goods = skewed(self.rng, self.sector.counted_goods[self.about], 1.5)
        return self._goods

    def quantity(self) -> str:
        """Mostly small, sometimes large."""
        return str(1 + int(900 * self.rng.random() ** 4))

    def amount(self, low: float, high: float) -> str:
        """Yuan, skewed to the low end, sometimes with 角."""
        value = low + (high - low) * self.rng.random() ** 4
        return f"{value:.0f}" if self.rng.random() < _WHOLE else f"{value:.1f}".removesuffix(".0")


_ONCE = frozenset({"goods", "maker", "site", "plate", "road", "river", "village"})

_DRAWS: dict[str, Callable[[Slots], str]] = {
    "area": lambda s: str(5 + int(3000 * s.rng.random() ** 3)),
    "axle": lambda s: s.rng.choice("二三四五六"),
    "brand": lambda s: names.brand(s.rng),
    "count": lambda s: str(1 + int(29 * s.rng.random() ** 2)),
    "crop": lambda s: s.rng.choice(_CROPS),
    "day": Slots.day,
    "decimal": lambda s: f"{0.1 + 20 * s.rng.random() ** 3:.2f}",
    "fare": lambda s: str(5 + int(200 * s.rng.random() ** 2)),
    "goods": lambda s: s.goods()[0],
    "hour": lambda s: f"{s.rng.randrange(24)}时{s.rng.randrange(60):02d}分",
    "income": lambda s: s.amount(20, 20000),
    "lot": lambda s: numbers.lot(s.rng, s.on - timedelta(days=s.rng.randrange(10, 400))),
    "maker": lambda s: names.company(s.rng, skewed(s.rng, _MAKER_PLACES), s.sector.trades),
    "mg": lambda s: str(s.rng.randrange(20, 80)),
    "model": lambda s: numbers.model(s.rng),
    "percent": lambda s: f"{5 + 80 * s.rng.random() ** 2:.1f}",
    "place": lambda s: places.address(s.rng, s.region),
    "plate": lambda s: numbers.plate(s.rng),
    "platform": lambda s: skewed(s.rng, _PLATFORMS),
    "price": lambda s: s.amount(1, 400),
    "qty": Slots.quantity,
    "residue": lambda s: skewed(s.rng, _RESIDUES),
    "river": lambda s: skewed(s.rng, places.RIVERS),
    "road": lambda s: skewed(s.rng, places.ROADS),
    "shop": lambda s: skewed(s.rng, s.sector.shops),
    "site": lambda s: places.site(s.rng),
    "street": lambda s: places.street(s.rng),
    "tonne": lambda s: f"{18 + 60 * s.rng.random():.2f}",
    "town": lambda s: skewed(s.rng, places.TOWNS),
    "trade": lambda s: skewed(s.rng, s.sector.trades),
    "unit": lambda s: s.goods()[1],
    "value": lambda s: s.amount(30, 90000),
    "wan": lambda s: str(20 + int(9000 * s.rng.random() ** 3)),
    "village": lambda s: places.village(s.rng, s.region),
}
