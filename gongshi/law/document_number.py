"""文号: how a document number is matched and how it is shown (DOMAIN.md, Identifiers).

One number is written in many ways: 〔〕﹝﹞[]［］()（）【】, leading zeros, 第, spaces, full width,
old characters, the year in words, without 号. It is matched on a key that is the same for all of
them and differs where the numbers differ (003号 and 004号, 市监罚 and 市监处罚); it is shown as the
department wrote it, with 〔〕.
"""

from __future__ import annotations

import re
import unicodedata

from gongshi.law.traditional import SIMPLIFIED

_OPEN = "[(【〔「『<〈《{"
_CLOSE = "])】〕」』>〉》}"
_BRACKETS = str.maketrans({**dict.fromkeys(_OPEN, "〔"), **dict.fromkeys(_CLOSE, "〕")})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ORDINAL = re.compile(r"(?<![\d第])第+(?=\d)")
_YEAR_WORD = re.compile(r"〔(\d{2,4})年(?:度)?〕")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_OLD = str.maketrans({**SIMPLIFIED, "罰": "罚", "處": "处", "稅": "税", "繳": "缴", "綜": "综"})
_YEAR_IN_WORDS = re.compile(r"〔([〇零○一二三四五六七八九]{4})(?=年?度?〕)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR_AS_WRITTEN = re.compile(r"[\[［(（【〔﹝「『]\s*([0-9０-９]{2,4}(?:年度?)?)\s*[\]］)）】〕﹞」』]")


def match_key(text: str) -> str:
    """The key on which two spellings of one number meet; empty where nothing is left of `text`."""
    return _plain(text).rstrip("号。.,;")


def display(text: str) -> str:
    """The number as it was written, with 〔〕 around its year."""
    return _YEAR_AS_WRITTEN.sub(lambda year: f"〔{year[1]}〕", text.strip())


def in_modern_characters(text: str) -> str:
    """The text with old characters (監, 罰) as those of today: an old form is no other number."""
    return text.translate(_OLD)


def _plain(text: str) -> str:
    folded = in_modern_characters(unicodedata.normalize("NFKC", text).translate(_BRACKETS).translate(_DASHES)).upper()
    folded = _YEAR_IN_WORDS.sub(lambda year: year[0].translate(_DIGITS), folded)
    # 第 between two digits stays: 2026第15号 must not become 202615.
    numbered = _LEADING_ZEROS.sub("", _ORDINAL.sub("", _BLANK.sub("", folded)))
    return _YEAR_WORD.sub(r"〔\1〕", numbered)
