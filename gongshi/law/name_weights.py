"""How much speaks for a name at a place in a text: its characters, what stands around it, the words it would cut.

What each character weighs is counted (gongshi/law/lexicon.py); what stands around a place weighs what is said here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongshi.law.lexicon import OFFICIAL, Lexicon, lexicon


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
PLACES = frozenset("镇乡村屯街路桥河湖山县市区局所院厂站庄沟岭泡旗庙港湾")
"""Characters that places and offices end with."""
WANTED = 0.6
"""The weight above which it is a name."""
_CUED, _HINTED, _OPENS, _FOLLOWED, _IN_DICTIONARY = 3.2, 1.0, 0.9, 1.1, 0.7
_IS_WORD, _CUTS_LEFT, _CUTS_RIGHT, _SHORTER = -2.2, -3.0, -2.0, -0.6
_FAMILY_SHARE, _RAREST_FAMILY, _UNKNOWN_FAMILY = 0.35, -6.0, -2.0
_CALLED_SO = 0.5
_TWO_CHARACTERS = 0.6
"""Two characters say more than one, and less than twice as much."""
REACH = 8
"""Characters before a place that are looked at."""
_LONGEST_WORD = 4


@lru_cache(maxsize=65536)
def is_possible(name: str, family: int) -> bool:
    """Whether the characters behind the first `family` ones may be a given name at all."""
    given = name[family:]
    return bool(
        given
        and given[0] not in _NOT_FIRST
        and name[family - 1 : family + 1] not in OFFICIAL
        and not (given[1:] and (given[1] in _NOT_SECOND or (given[0] == "家" and given[1] in PLACES)))
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


def score(text: str, start: int, given: int, end: int) -> float:
    """How much speaks for a name at start..end: its characters, what stands before and after, the words it cuts.

    What speaks for it is added first; a hopeless candidate costs no further look.
    """
    words = lexicon()
    weight = _alone(text[start:end], given - start)
    if weight + _CUED + _FOLLOWED < WANTED:
        return weight
    weight += _before(text, start, words)
    if weight + _FOLLOWED < WANTED:
        return weight
    if text[start] in _RATHER_A_WORD and _is_plain_word(text[given:end], words) and not is_cued(text[:start][-REACH:]):
        weight += _IS_WORD
    if end == len(text) or _FOLLOWS.match(text, end):
        weight += _FOLLOWED
    elif text[end] in PLACES:
        weight += _CUTS_RIGHT
    return weight if weight < WANTED else weight + _cut_words(text, start, end, words)


def _is_plain_word(chars: str, words: Lexicon) -> bool:
    """Whether two characters are a word that nobody is called (国家), and not one that some are (国庆)."""
    weakest = min(words.given.get(char, 0.0) for char in chars)
    return chars in OFFICIAL or (chars in words.words and weakest < _CALLED_SO)


def _cut_words(text: str, start: int, end: int, words: Lexicon) -> float:
    """What the words say that end behind the candidate: those that it cuts, and those that it begins."""
    longer = any(text[start:right] in words.words for right in range(end + 1, start + _LONGEST_WORD + 1))
    return _CUTS_RIGHT * (longer + cuts_a_word(text, start, end))


def _before(text: str, start: int, words: Lexicon) -> float:
    """What the text before the surname says."""
    last = text[start - 1] if start else ""
    if last in _LAST_OF_CUES and is_cued(text[max(0, start - REACH) : start]):
        return _CUED
    if last in _LAST_OF_HINTS and text[max(0, start - REACH) : start].endswith(_HINTS):
        return _HINTED
    if not last or last in _CLAUSE:
        return _OPENS
    return _CUTS_LEFT if _cuts_left(text, start, words) else 0.0


def is_cued(before: str) -> bool:
    """Whether a word behind which names stand comes last (当事人, 负责人：)."""
    return before.endswith(_CUES) or (before.endswith(_COPULAS) and before[:-1].endswith(_CUES))


def _cuts_left(text: str, start: int, words: Lexicon) -> bool:
    """Whether a word that begins before the surname holds it."""
    for left in range(max(0, start - _LONGEST_WORD + 1), start):
        for right in range(start + 1, left + _LONGEST_WORD + 1):
            if text[left:right] in words.words:
                return True
    return False


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a word begins inside the candidate and ends behind it."""
    words = lexicon().words
    for left in range(max(start, end - _LONGEST_WORD + 1), end):
        for right in range(end + 1, left + _LONGEST_WORD + 1):
            if text[left:right] in words:
                return True
    return False
