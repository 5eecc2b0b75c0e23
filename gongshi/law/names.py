"""Possible names in free text, for the reviewer who confirms or masks each (DOMAIN.md 7).

Two ways lead to a name: what stands before it (当事人, 负责人, 驾驶员) and what it is made of (a surname and
characters that given names are made of, not cutting through a word). No detector is complete: the
second person's confirmation is the control, and `make bench` prints the recall on a labelled set.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from gongshi.law.lexicon import lexicon
from gongshi.law.name_weights import PLACES, REACH, WANTED, cuts_a_word, is_cued, is_possible, score
from gongshi.law.surnames import COMPOUND, MONGOLIAN, SINGLE
from gongshi.law.traditional import SIMPLIFIED

_TRANSLITERATED = (
    "阿巴白宝包布查朝楚达道德额恩嘎高格根哈呼吉金满孟莫木那娜诺其青萨赛斯苏塔特图托乌希锡雅伊扎日力和尔云仁茹琴娃克都兰音彦拉"
    "登干鲁伦来胡勒乐顺荷敏玛丽花玉腾毕晓买提艾热合曼史密约翰不依木哈江帕夏孜古丽迪娅加吾甫铁穆沙吐逊亚森麦吾斯曼卡热合肉孜"
    "汗努尔比奴米吉提旦增扎西卓次仁央金拉姆朗杰罗桑洛平措顿珠旺边巴格桑曲珍强久美德吉普赤多贡嘎"
)
_T = f"[{''.join(sorted(set(_TRANSLITERATED)))}]"
_HAN = "[一-鿿]"
_DOTTED = re.compile(rf"{_T}{{1,8}}(?:[·•・‧]{_T}{{1,8}})+")
_STEPPE = re.compile(rf"(?:{'|'.join(MONGOLIAN)}){_T}{{0,5}}")
_DOT = re.compile("[·•・‧]")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,3}(?![A-Za-z])")
_FAMILY = re.compile(f"[{''.join(sorted(SINGLE))}]")
_COMPOUND = re.compile(rf"(?:{'|'.join(sorted(COMPOUND))})(?={_HAN})")
_TITLES = re.compile(r"《[^《》]{1,60}》|“[^“”]{1,40}”")
_NO_NAME = "的在与和及向对从将由经营是系为到至了所，。；、：（）()《》\\s"
_ORGANISATION = re.compile(
    rf"(?:[省市县区镇乡村旗][^{_NO_NAME}]{{2,14}}?|[^{_NO_NAME}]{{2,12}}?)"
    r"(?:有限责任公司|有限公司|股份公司|集团公司|分公司|合作社)"
    rf"|[省市县区镇乡村旗][^{_NO_NAME}]{{2,10}}?(?:公司|商店|超市|商行|饭店|宾馆|酒店|药房|药店|诊所|医院|学校|幼儿园|农场|厂|店|部)"
)

_INNER_BLANK = re.compile(rf"(?<={_HAN})[ \t\r\n\u3000]+(?={_HAN})")
_SIMPLIFIED = {ord(old): new for old, new in SIMPLIFIED.items()}
_OLD = re.compile(f"[{''.join(SIMPLIFIED)}]")

_TITLE = re.compile("[《“]")
_ORGANISED = re.compile("公司|合作社|[商饭酒药]店|超市|商行|宾馆|药房|诊所|医院|学校|幼儿园|农场|[厂店部]")

_AMOUNT = re.compile("[壹贰叁肆伍陆柒捌玖零拾佰仟万亿]{2,}[元圆]")  # 伍 and 陆 are family names too
_LONGEST_KNOWN = 8
_FULL, _SHORT_NAME = 3, 2

Span = tuple[int, int]
"""Start and end in a text."""


def possible_names(text: str, known: Iterable[str], not_names: Container[str]) -> tuple[str, ...]:
    """Words of `text` that may be a person's name, in the order of the text, each once.

    `known` are names and organisations that are already dealt with; `not_names` words that reviewers
    confirmed not to be names.
    """
    words = [word for word in known if word in text and word]
    words.sort(key=lambda word: (-len(word), word))
    rest, whole, broken = _looked_through(_without(text, words))
    if not (words or whole or broken):
        return ()
    spans = [*whole, *_longer(text, words), *(span for span, name in broken if name not in not_names)]
    found = (text[start:end] for start, end in sorted(spans) if not _listed(rest, start, end, not_names))
    return tuple(dict.fromkeys(found))


def _without(text: str, words: Iterable[str]) -> str:
    """The text with each of the words made blank."""
    for word in words:
        text = text.replace(word, "\u3000" * len(word))
    return text


def _longer(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Names that a known one of two characters is only the beginning of: 李明华, where 李明 is known."""
    short = [word for word in words if len(word) == _SHORT_NAME]
    rest = _without(text, (word for word in words if len(word) > _SHORT_NAME)) if short else ""
    for word in short:
        at = rest.find(word)
        while at >= 0:
            near = max(0, at - REACH)
            for start, end in _scan(rest[near : at + REACH]):
                if start + near == at and end - start > _SHORT_NAME:
                    yield at, end + near
            at = rest.find(word, at + 1)


@lru_cache(maxsize=4096)
def _looked_through(text: str) -> tuple[str, tuple[Span, ...], tuple[tuple[Span, str], ...]]:
    """A text with its amounts made blank, the names in it, and those that something cuts in two.

    Half of what departments write they write again and again: a basis, a kind of penalty.
    """
    rest = _AMOUNT.sub(lambda amount: "\u3000" * len(amount[0]), text)
    return rest, _scan(rest), tuple(_broken(rest))


def _broken(text: str) -> Iterator[tuple[Span, str]]:
    """Names that a blank or a line's end cuts in two, whole: 王 五, 李　明, 赵铁 and 柱 on the next line."""
    blanks = {at for match in _INNER_BLANK.finditer(text) for at in range(*match.span())}
    if not blanks:
        return
    places = [at for at in range(len(text)) if at not in blanks]
    joined = "".join(map(text.__getitem__, places))
    for start, end in _scan(joined):
        first, last = places[start], places[end - 1]
        if last - first >= end - start:
            yield (first, last + 1), joined[start:end]


def _listed(text: str, start: int, end: int, not_names: Container[str]) -> bool:
    """Whether the candidate lies in a word of `not_names`."""
    return any(
        text[left:right] in not_names
        for left in range(max(0, end - _LONGEST_KNOWN), start + 1)
        for right in range(end, min(len(text), left + _LONGEST_KNOWN) + 1)
    )


def _scan(text: str) -> tuple[tuple[int, int], ...]:
    plain = text.translate(_SIMPLIFIED) if _OLD.search(text) else text
    for hint, pattern in ((_TITLE, _TITLES), (_ORGANISED, _ORGANISATION)):
        if hint.search(plain):
            plain = pattern.sub(lambda found: "\u3000" * len(found[0]), plain)
    found = [found.span() for found in _LATIN.finditer(plain)]
    found += [found.span() for found in _DOTTED.finditer(plain)] if _DOT.search(plain) else []
    found += _taken(found, _steppe(plain))
    found += _taken(found, _compound(plain))
    found += _taken(found, _han(plain))
    return tuple(sorted(found))


def _taken(found: list[tuple[int, int]], new: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `new` that overlap nothing found before."""
    return [span for span in new if all(span[1] <= old[0] or span[0] >= old[1] for old in found)]


def _steppe(text: str) -> Iterable[tuple[int, int]]:
    """Mongolian names: a known beginning, and characters of transliteration to the end."""
    for match in _STEPPE.finditer(text):
        start, end = match.span()
        long = end - start >= _FULL
        cued = is_cued(text[max(0, start - REACH) : start])
        place = text[end : end + 1] in PLACES or cuts_a_word(text, start, end)
        if (long or cued) and not place and match[0] not in lexicon().words:
            yield start, end


def _compound(text: str) -> Iterable[tuple[int, int]]:
    """复姓 and one or two characters."""
    for match in _COMPOUND.finditer(text):
        start = match.start()
        ends = [start + len(match[0]) + extra for extra in (1, 2)]
        family = len(match[0])
        scored = (
            (score(text, start, match.end(), end), end)
            for end in ends
            if end <= len(text) and is_possible(text[start:end], family)
        )
        best = max(scored, default=(0.0, start))
        if best[0] > 0 and match[0] + text[match.end() : match.end() + 1] not in lexicon().words:
            yield start, best[1]


def _han(text: str) -> Iterable[tuple[int, int]]:
    """One surname and one or two characters, where the weights together say name; of overlapping ones the likelier."""
    found = []
    for start in _surnames(text):
        for end in (start + 2, start + 3):
            if is_possible(text[start:end], 1) and end <= len(text):
                weight = score(text, start, start + 1, end)
                if weight > WANTED:
                    found.append((weight, start, end))
    kept: list[tuple[int, int]] = []
    for _, start, end in sorted(found, reverse=True):
        kept += _taken(kept, [(start, end)])
    return kept


def _surnames(text: str) -> Iterator[int]:
    """Where a surname stands before a character that given names are made of, at once or behind one other."""
    likely = _likely()
    for found in _FAMILY.finditer(text):
        after = found.end()
        if text[after : after + 1] in likely or (text[after + 1 : after + 2] in likely and "一" <= text[after] <= "鿿"):
            yield after - 1


@cache
def _likely() -> frozenset[str]:
    """The characters that given names are made of rather than other words."""
    return frozenset(char for char, weight in lexicon().given.items() if weight > 0.0 and "一" <= char <= "鿿")
