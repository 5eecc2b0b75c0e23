"""How a template becomes Python code: as Jinja does it, without the detours that our pages do not need.

Jinja looks for each attribute in two ways, because a template may be given a dictionary, and escapes a value in three
steps, because it may be anything. Our templates are given typed contexts whose values are nearly always plain text,
and a page has more than a hundred of them: this takes a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import CodeType
from typing import Any, ClassVar, Protocol

from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.compiler import optimizeconst as folded
from jinja2.runtime import Context, new_context
from markupsafe import Markup, escape

from gongshi.render.words import visible

try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:
    from markupsafe._native import _escape_inner as escaped


def put(value: object) -> str:
    """`value` as it may stand in a page: escaped, and without characters that no reader can see."""
    if type(value) is str:
        return escaped(value if value.isprintable() else str(visible(value)))
    return value if type(value) is Markup else escape(visible(value))


class Part(Protocol):
    """A piece of a text that a search found."""

    @property
    def text(self) -> str:
        """As it was written."""

    @property
    def marked(self) -> bool:
        """Whether the words that were looked for stand here."""


def marked(parts: Iterable[Part]) -> Markup:
    """The text of the parts, each escaped, with <mark> around those that were looked for: a hundred on a page."""
    found = (f"<mark>{put(one.text)}</mark>" if one.marked else put(one.text) for one in parts)
    return Markup("".join(found))  # noqa: S704 - put() escaped each


class Compiler(CodeGenerator):
    """Attributes are attributes, and a value is put on the page in one step."""

    @folded
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.put(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class Sheet(Template):
    """A template whose globals are looked at once and not for each page."""

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> Context:
        return new_context(self.environment, self.name, self.blocks, vars, shared, self._all_globals, locals)

    @cached_property
    def _all_globals(self) -> dict[str, Any]:
        return dict(self.globals)


class Compiled(BytecodeCache):
    """Templates by name, as they were last compiled in this process: a page and its form with slots share one, and so
    do the rebuilds of a process. Nothing of it is written to a file."""

    _kept: ClassVar[dict[str, tuple[str, CodeType]]] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name alone: an instance may be moved as a whole."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of the template of that name, if its text is the same."""
        source, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if source == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it in the place of the one before."""
        if bucket.code:
            self._kept[bucket.key] = bucket.checksum, bucket.code


class Templates(Environment):
    """An environment that escapes everything, whatever a template says."""

    code_generator_class = Compiler
    template_class = Sheet
    put = staticmethod(put)
