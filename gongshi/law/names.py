"""Possible names in free text, for the reviewer who confirms or masks each (DOMAIN.md 7).

Two ways lead to a name: what stands before it (当事人, 负责人, 驾驶员) and what it is made of (a surname and
characters that given names are made of, not cutting through a word). No detector is complete: the
second person's confirmation is the control, and `make bench` prints the recall on a labelled set.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from gongshi.law.lexicon import OFFICIAL, Lexicon, lexicon
from gongshi.law.surnames import COMPOUND, MONGOLIAN, SINGLE
from gongshi.law.traditional import SIMPLIFIED


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_CUES = _words(
    "当事人|法定代表人|代表人|负责人|经营者|经营户|投资人|业主|驾驶员|驾驶人|司机|员工|工人|店员|"
    "雇员|职工|患者|消费者|顾客|乘客|投诉人|举报人|证人|见证人|代理人|委托人|受害人|被害人|原告|"
    "被告|申请人|第三人|联系人|控制人|施工人|股东|董事|监事|经理|会计|出纳|法人|店主|老板|货主|"
    "车主|船主|房主|户主|摊主|承包人|承租人|出租人|执法人员|安全员|保管员|检验员|操作工|电工|焊工|"
    "承运人|购买者|购买人|厨师|教师|老师|家长|学生|医师|医生|护士|村民|居民|农民|牧民|渔民|"
    "养殖户|种植户|男子|女子|公民|其妻|其子|其女|其夫|其父|其母|妻子|丈夫|儿子|女儿|父亲|母亲|"
    "姓名|名叫|化名|原籍"
)
"""Words behind which a name is likely to stand at once."""
_COPULAS = ("为", "是", "系", "：", ":")
_HINTS = _words("责令|处罚|对|由|向|系|询问|询问了|叫|因|与|和|及|、|雇佣|安排|经查|查实|查明|核实")
_LAST_OF_CUES = frozenset(word[-1] for word in (*_CUES, *_COPULAS))
_LAST_OF_HINTS = frozenset(word[-1] for word in _HINTS)
_CLAUSE = frozenset('，。；：、！？,;:!?（(\n\t \u3000“"')
_FOLLOWS = re.compile(
    r"未|无证|擅自|私自|非法|违法|违规|在|于20|驾驶|销售|从事|将|向|对|系|称|拒|经营|提供|签|的|自|等|两人|二人|三人|夫妇|"
    r"[，。；、,;（(]|男|女|使用|购|共同|超|停|承认|表示|作出|送达|停止|限期|实际|现场|申请|投诉|反映|不服|已|没有|不|及|和|与|处|租|投资|搬"
)
_NOT_SECOND = frozenset(
    "在于的和与及等为将未经从因对向被把其已系说称承无没不能可应当由是有到至后又也均曾共两二三四五六七八九十某人员们个称"
    "提销使用购处驾拒签租投私擅非违自该此本并且或但若如则所"
)
_RATHER_A_WORD = frozenset("应于经时和由向从因并")
"""Surnames that are prepositions or auxiliaries nearly everywhere: 应保密, 于国家, 时改正."""
_NOT_FIRST = frozenset("的在未被把其已某们个或但则所以及与人员")
_PLACES = frozenset("镇乡村屯街路桥河湖山县市区局所院厂站庄沟岭泡旗庙港湾")
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
_WANTED = 0.6
_CUED, _HINTED, _OPENS, _FOLLOWED, _IN_DICTIONARY = 3.2, 1.0, 0.9, 1.1, 0.7
_IS_WORD, _CUTS_LEFT, _CUTS_RIGHT, _SHORTER = -2.2, -3.0, -2.0, -0.6
_FAMILY_SHARE, _RAREST_FAMILY, _UNKNOWN_FAMILY = 0.35, -6.0, -2.0
_CALLED_SO = 0.5
_TWO_CHARACTERS = 0.6
"""Two characters say more than one, and less than twice as much."""
_REACH = 8
_LONGEST_WORD = 4
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
            near = max(0, at - _REACH)
            for start, end in _scan(rest[near : at + _REACH]):
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
        cued = _cued(text[max(0, start - _REACH) : start])
        place = text[end : end + 1] in _PLACES or _cuts(text, start, end)
        if (long or cued) and not place and match[0] not in lexicon().words:
            yield start, end


def _compound(text: str) -> Iterable[tuple[int, int]]:
    """复姓 and one or two characters."""
    for match in _COMPOUND.finditer(text):
        start = match.start()
        ends = [start + len(match[0]) + extra for extra in (1, 2)]
        family = len(match[0])
        scored = (
            (_score(text, start, match.end(), end), end)
            for end in ends
            if end <= len(text) and _possible(text[start:end], family)
        )
        best = max(scored, default=(0.0, start))
        if best[0] > 0 and match[0] + text[match.end() : match.end() + 1] not in lexicon().words:
            yield start, best[1]


def _han(text: str) -> Iterable[tuple[int, int]]:
    """One surname and one or two characters, where the weights together say name; of overlapping ones the likelier."""
    found = []
    for start in _surnames(text):
        for end in (start + 2, start + 3):
            if _possible(text[start:end], 1) and end <= len(text):
                score = _score(text, start, start + 1, end)
                if score > _WANTED:
                    found.append((score, start, end))
    kept: list[tuple[int, int]] = []
    for _, start, end in sorted(found, reverse=True):
        kept += _taken(kept, [(start, end)])
    return kept


@lru_cache(maxsize=65536)
def _possible(name: str, family: int) -> bool:
    """Whether the characters behind the first `family` ones may be a given name at all."""
    given = name[family:]
    return bool(
        given
        and given[0] not in _NOT_FIRST
        and name[family - 1 : family + 1] not in OFFICIAL
        and not (given[1:] and (given[1] in _NOT_SECOND or (given[0] == "家" and given[1] in _PLACES)))
        and all("一" <= char <= "鿿" for char in given)
    )


@lru_cache(maxsize=65536)
def _alone(name: str, family: int) -> float:
    """What the characters themselves say, whatever stands around them."""
    words: Lexicon = lexicon()
    given = name[family:]
    weight = sum(words.given.get(char, 0.0) for char in given)
    if len(given) > 1:
        weight *= _TWO_CHARACTERS
    weight += _FAMILY_SHARE * max(_RAREST_FAMILY, words.family.get(name[0], _UNKNOWN_FAMILY))
    weight += _SHORTER if len(given) == 1 else 0.0
    if name in words.names:
        return weight + _IN_DICTIONARY
    if name in words.words or (len(given) > 1 and name[: family + 1] in words.words):
        return weight + _IS_WORD
    return weight


def _score(text: str, start: int, given: int, end: int) -> float:
    """How much speaks for a name at start..end: its characters, what stands before and after, the words it cuts.

    What speaks for it is added first; a hopeless candidate costs no further look.
    """
    words = lexicon()
    score = _alone(text[start:end], given - start)
    if score + _CUED + _FOLLOWED < _WANTED:
        return score
    score += _before(text, start, words)
    if score + _FOLLOWED < _WANTED:
        return score
    if text[start] in _RATHER_A_WORD and _is_plain_word(text[given:end], words) and not _cued(text[:start][-_REACH:]):
        score += _IS_WORD
    if end == len(text) or _FOLLOWS.match(text, end):
        score += _FOLLOWED
    elif text[end] in _PLACES:
        score += _CUTS_RIGHT
    return score if score < _WANTED else score + _cut_words(text, start, end, words)


def _is_plain_word(chars: str, words: Lexicon) -> bool:
    """Whether two characters are a word that nobody is called (国家), and not one that some are (国庆)."""
    weakest = min(words.given.get(char, 0.0) for char in chars)
    return chars in OFFICIAL or (chars in words.words and weakest < _CALLED_SO)


def _cut_words(text: str, start: int, end: int, words: Lexicon) -> float:
    """What the words say that end behind the candidate: those that it cuts, and those that it begins."""
    longer = any(text[start:right] in words.words for right in range(end + 1, start + _LONGEST_WORD + 1))
    return _CUTS_RIGHT * (longer + _cuts(text, start, end))


def _before(text: str, start: int, words: Lexicon) -> float:
    """What the text before the surname says."""
    last = text[start - 1] if start else ""
    if last in _LAST_OF_CUES and _cued(text[max(0, start - _REACH) : start]):
        return _CUED
    if last in _LAST_OF_HINTS and text[max(0, start - _REACH) : start].endswith(_HINTS):
        return _HINTED
    if not last or last in _CLAUSE:
        return _OPENS
    return _CUTS_LEFT if _cuts_left(text, start, words) else 0.0


def _cued(before: str) -> bool:
    """Whether a word behind which names stand comes last (当事人, 负责人：)."""
    return before.endswith(_CUES) or (before.endswith(_COPULAS) and before[:-1].endswith(_CUES))


def _cuts_left(text: str, start: int, words: Lexicon) -> bool:
    """Whether a word that begins before the surname holds it."""
    for left in range(max(0, start - _LONGEST_WORD + 1), start):
        for right in range(start + 1, left + _LONGEST_WORD + 1):
            if text[left:right] in words.words:
                return True
    return False


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a word begins inside the candidate and ends behind it."""
    words = lexicon().words
    for left in range(max(start, end - _LONGEST_WORD + 1), end):
        for right in range(end + 1, left + _LONGEST_WORD + 1):
            if text[left:right] in words:
                return True
    return False


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
