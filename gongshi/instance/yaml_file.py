"""YAML with the line of every key: all scalars stay text, so that 138000 and 0012 keep their digits.

The C parser reads; only mappings, lists and text come out. `true` and `false` are text too: whoever
reads a value knows what it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gongshi.instance.faults import Fault

_NULLS = ("", "~", "null")
_SYNTAX = {
    "could not find expected ':'": "缺少冒号，或者冒号后面没有空格",
    "mapping values are not allowed in this context": "冒号后面没有空格，或者值里有冒号没有加引号",
    "did not find expected key": "缩进不齐，或者引号里面还有引号",
    "did not find expected '-' indicator": "缩进不齐，列表的每一条以“- ”开头",
    "found character that cannot start any token": "有制表符（Tab）或者不能用来开头的符号；缩进只用空格",
    "found a tab character that violates indentation": "有制表符（Tab）；缩进只用空格",
    "did not find expected ',' or ']'": "方括号没有写完，或者缺少逗号",
    "did not find expected ',' or '}'": "花括号没有写完，或者缺少逗号",
    "found unexpected end of stream": "引号没有写完",
    "found unknown escape character": "双引号里有反斜杠，请改用单引号",
}
"""The C parser's words, as far as people come upon them, and what to look for."""


@dataclass(frozen=True)
class Located:
    """A mapping of the file: its values, the line it begins on and the line of each key."""

    values: Mapping[str, Any]
    line: int
    lines: Mapping[str, int]

    def line_of(self, key: str) -> int:
        """The line of `key`, or of the mapping where the key is missing."""
        return self.lines.get(key, self.line)


class YamlFile:
    """One file of data/reference; what is wrong with it goes to `faults`."""

    def __init__(self, path: Path, root: Path, faults: list[Fault]) -> None:
        self.name = path.relative_to(root).as_posix()
        self._faults = faults
        self._node = self._compose(path)

    def fault(self, line: int, code: str, message: str) -> None:
        """Note a fault on a line of this file."""
        self._faults.append(Fault(self.name, line, code, message))

    def mapping(self) -> Located | None:
        """The file as one mapping; None, with a fault, where it is something else."""
        if self._node is None:
            return None
        if isinstance(self._node, yaml.MappingNode):
            return self._located(self._node)
        self.fault(1, "reference_shape", "这个文件应当由“项: 值”组成")
        return None

    def mappings(self) -> Iterator[Located]:
        """The file as a list of mappings; what is not one becomes a fault."""
        for node in self._items():
            if isinstance(node, yaml.MappingNode):
                yield self._located(node)
            else:
                self.fault(_line(node), "reference_shape", "这里应当是由“项: 值”组成的一条")

    def listed(self, key: str) -> Iterator[Located]:
        """The list of mappings under `key` of a file that is one mapping; what is not one becomes a fault."""
        found = [value for name, value in getattr(self._node, "value", ()) if name.value == key]
        for node in found[0].value if found and isinstance(found[0], yaml.SequenceNode) else ():
            if isinstance(node, yaml.MappingNode):
                yield self._located(node)
            else:
                self.fault(_line(node), "reference_shape", "这里应当是由“项: 值”组成的一条")

    def texts(self) -> Iterator[tuple[str, int]]:
        """The file as a list of texts, each with its line."""
        for node in self._items():
            if isinstance(node, yaml.ScalarNode) and node.value:
                yield node.value, _line(node)
            else:
                self.fault(_line(node), "reference_shape", "这里应当是一个词")

    def _items(self) -> list[yaml.Node]:
        if self._node is None:
            return []
        if isinstance(self._node, yaml.SequenceNode):
            return list(self._node.value)
        self.fault(1, "reference_shape", "这个文件应当是一个列表，每条以“- ”开头")
        return []

    def _compose(self, path: Path) -> yaml.Node | None:
        try:
            return yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
        except FileNotFoundError:
            self.fault(0, "reference_missing", "缺少这个文件")
        except UnicodeDecodeError:
            self.fault(0, "reference_encoding", "文件不是 UTF-8 编码，请另存为 UTF-8")
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            told = _SYNTAX.get(str(error.problem), "请检查缩进、冒号后的空格和引号")
            self.fault(line, "reference_syntax", f"YAML 写法不对，错在这一行或者上一行：{told}")
        except yaml.YAMLError:
            self.fault(0, "reference_syntax", "文件里有看不见的控制字符，请用纯文本编辑器重新保存")
        return None

    def _located(self, node: yaml.MappingNode) -> Located:
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in values:
                self.fault(_line(key_node), "reference_key_twice", f"“{key}”写了两次")
            values[key] = self._plain(value_node)
            lines[key] = _line(key_node)
        return Located(values, _line(node), lines)

    def _plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return dict(self._located(node).values)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item) for item in node.value]
        quoted = getattr(node, "style", None) in ("'", '"')
        return None if node.value in _NULLS and not quoted else node.value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
