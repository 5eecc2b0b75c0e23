"""The small files among committed batches: who sent one (.batch.yml), who reviewed it (.review.yml), who reviewed
its lists for another body (.second.yml), and what two persons take down or let come back (.withdraw.yml).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, ClassVar

import yaml

from gongshi.law.endings import TICKED
from gongshi.lifecycle.errors import LifecycleError

BATCH_SUFFIX, REVIEW_SUFFIX, SECOND_SUFFIX = ".batch.yml", ".review.yml", ".second.yml"
WITHDRAW_SUFFIX = ".withdraw.yml"
SUFFIXES = (BATCH_SUFFIX, REVIEW_SUFFIX, SECOND_SUFFIX, WITHDRAW_SUFFIX)
_LARGEST = 1_000_000
_DEEPEST = 8
_RESULTS = {"approve": True, "return": False, "审核通过": True, "通过": True, "退回修改": False, "退回": False}
_FLAGS = {"true": True, "false": False, "是": True, "否": False}


class SidecarInvalid(LifecycleError):
    """A .batch.yml, .review.yml, .second.yml or .withdraw.yml that does not say what it should."""

    code: ClassVar[str] = "sidecar_invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchNote:
    """What <batch>.batch.yml says; everything has a default. `all_adults` is the submitter's word that
    natural persons without an identity number were of age (DOMAIN.md 10)."""

    by: str = ""
    earlier: bool = False
    evidence: str = ""
    all_adults: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNote:
    """What <batch>.review.yml says: who, with which result, when, why, and the choices about names."""

    reviewer: str
    approve: bool
    on: date
    opinion: str = ""
    open_names: tuple[str, ...] = ()
    mask_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondNote:
    """What <batch>.second.yml says: which body's department, who, with which result, when, why, of which kinds
    (none: of all that the batch has for that body)."""

    department: str
    reviewer: str
    approve: bool
    on: date
    opinion: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNote:
    """What <name>.withdraw.yml says: which kind of end (or 紧急下架, 恢复公示), of which decisions, with the
    fields that it asks for, why, by whom and confirmed by whom (empty: somebody confirms later), when."""

    kind: str
    decisions: tuple[str, ...]
    fields: Mapping[str, str]
    reason: str
    by: str
    confirmed_by: str
    opinion: str
    on: date


def read_batch(raw: bytes) -> BatchNote:
    """Raises SidecarInvalid."""
    found = _mapping(raw, ("by", "earlier", "evidence", "all_adults"))
    return BatchNote(
        by=_text(found, "by"),
        earlier=_flag(found, "earlier"),
        evidence=_text(found, "evidence"),
        all_adults=_flag(found, "all_adults"),
    )


def read_review(raw: bytes) -> ReviewNote:
    """Raises SidecarInvalid."""
    found = _mapping(raw, ("reviewer", "result", "date", "opinion", "names"))
    names = found.get("names") or {}
    if not isinstance(names, Mapping) or set(names) - {"open", "mask"}:
        raise SidecarInvalid("names 里只能有 open（不是人名或可以显示的词）和 mask（要遮盖的姓名）两项，各为一个列表。")
    if not _text(found, "reviewer"):
        raise SidecarInvalid("缺少 reviewer（审核人姓名）。")
    return ReviewNote(
        reviewer=_text(found, "reviewer"),
        approve=_known(found, "result", _RESULTS, "approve（审核通过）或者 return（退回修改）"),
        on=_day(found.get("date")),
        opinion=_text(found, "opinion"),
        open_names=_texts(names.get("open"), "open"),
        mask_names=_texts(names.get("mask"), "mask"),
    )


def read_second(raw: bytes) -> tuple[SecondNote, ...]:
    """One, or a list of them where the batch holds the lists of several bodies. Raises SidecarInvalid."""
    found = _loaded(raw)
    return tuple(_second(_checked(one, _OF_SECOND)) for one in (found if isinstance(found, list) else [found]))


_OF_SECOND = ("department", "reviewer", "result", "date", "opinion", "kinds")


def _second(found: Mapping[str, Any]) -> SecondNote:
    for key, what in (("department", "审核部门的名称或者统一社会信用代码"), ("reviewer", "审核人姓名")):
        if not _text(found, key):
            raise SidecarInvalid(f"缺少 {key}（{what}）。")
    return SecondNote(
        department=_text(found, "department"),
        reviewer=_text(found, "reviewer"),
        approve=_known(found, "result", _RESULTS, "approve（审核通过）或者 return（退回修改）"),
        on=_day(found.get("date")),
        opinion=_text(found, "opinion"),
        kinds=_texts(found.get("kinds"), "kinds"),
    )


def read_withdraw(raw: bytes) -> WithdrawNote:
    """Raises SidecarInvalid."""
    keys = ("kind", "decisions", "fields", "reason", "by", "confirmed_by", "opinion", "date")
    found = _mapping(raw, keys)
    for key in ("kind", "by"):
        if not _text(found, key):
            raise SidecarInvalid(f"缺少 {key}。")
    numbers = _texts(found.get("decisions"), "decisions")
    if not numbers:
        raise SidecarInvalid("decisions 应当是文号的列表，例如 decisions: [松市监罚〔2026〕15号]。")
    return WithdrawNote(
        kind=_text(found, "kind"),
        decisions=numbers,
        fields=_filled(found.get("fields")),
        reason=_text(found, "reason"),
        by=_text(found, "by"),
        confirmed_by=_text(found, "confirmed_by"),
        opinion=_text(found, "opinion"),
        on=_day(found.get("date")),
    )


def _filled(value: object) -> Mapping[str, str]:
    """Texts, days and ticks by name, as texts."""
    if not isinstance(value, dict | None):
        raise SidecarInvalid("fields 应当由“项: 值”组成，例如 instrument_number: 松政复决〔2026〕3号。")
    told = {str(name): _as_text(name, given) for name, given in (value or {}).items()}
    return {name: text for name, text in told.items() if text}


def _as_text(name: object, value: object) -> str:
    if isinstance(value, bool):
        return TICKED if value else ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str | None):
        raise SidecarInvalid(f"fields 的 {name} 应当是文字，请加引号。")
    return (value or "").strip()


def _mapping(raw: bytes, keys: tuple[str, ...]) -> Mapping[str, Any]:
    return _checked(_loaded(raw), keys)


def _loaded(raw: bytes) -> object:
    if len(raw) > _LARGEST:
        raise SidecarInvalid("文件过大，不像是批次说明、审核记录或者撤下说明。")
    try:
        text = raw.decode("utf-8-sig")
        _check_depth(text)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise SidecarInvalid("文件不是 UTF-8 编码，请另存为 UTF-8。") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f"第 {mark.line + 1} 行" if mark else ""
        raise SidecarInvalid(f"{at}YAML 写法不对：请检查缩进、冒号后的空格、引号和日期。") from None


def _checked(found: object, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """`found` as a mapping that has no other keys."""
    found = {} if found is None else found
    if not isinstance(found, dict):
        raise SidecarInvalid("文件应当由“项: 值”组成。")
    for key in found:
        if key not in keys:
            near = get_close_matches(str(key), keys, 1)
            hint = f"，是不是“{near[0]}”？" if near else "。"
            raise SidecarInvalid(f"没有“{key}”这一项{hint}可用的项：{'、'.join(keys)}")
    return found


def _check_depth(text: str) -> None:
    """Deep nesting overflows the loader's stack, which ends the process; its events come one by one."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise SidecarInvalid("文件嵌套太深，不像是批次说明或审核记录。")


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise SidecarInvalid(f"{key} 应当是文字，请加引号。")
    return (value or "").strip()


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list | None) or any(not isinstance(word, str) or not word.strip() for word in value or ()):
        raise SidecarInvalid(f"{key} 应当是列表，例如 {key}: [张三, 李四]。")
    return tuple(word.strip() for word in value or ())


def _flag(found: Mapping[str, Any], key: str) -> bool:
    value = found.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    return _known(found, key, _FLAGS, "true 或者 false")


def _known(found: Mapping[str, Any], key: str, words: Mapping[str, bool], said: str) -> bool:
    value = str(found.get(key, "")).strip().casefold()
    if value not in words:
        raise SidecarInvalid(f"{key} 应当是 {said}。")
    return words[value]


_READERS: tuple[tuple[type, Callable[[Any], date]], ...] = (
    (datetime, lambda value: value.date()),
    (date, lambda value: value),
    (str, lambda value: date.fromisoformat(value.strip())),
)


def _day(value: object) -> date:
    for kind, reader in _READERS:
        if isinstance(value, kind):
            try:
                return reader(value)
            except ValueError:
                break
    raise SidecarInvalid("date 应当是审核日期或者办理日期，例如 2026-03-02。")
