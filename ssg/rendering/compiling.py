"""Templates compiled to leaner code than Jinja's own: what no template of this program can do is not asked for.

A call costs Jinja 1.4 µs, since any function may want to be handed the context, and a value that is shown 0.6 µs, since it
becomes a `Markup` on its way to being joined. No function here wants a context, and what is joined may be plain text. The page
of an article makes some 45 calls and shows some 160 values.
"""

from __future__ import annotations

import html
from contextlib import suppress
from pathlib import Path

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from ssg.cache import read_sealed, write_sealed

_SPECIAL = ("&", "<", ">", '"', "'")


def shown(value: object) -> str:
    """A value as it stands in HTML: text escaped, markup as it is, anything else as Jinja's own `escape` has it."""
    if type(value) is str:
        for sign in _SPECIAL:
            if sign in value:
                return html.escape(value)
        return value
    return value if type(value) is Markup else escape(value)


class Compiler(CodeGenerator):
    """Jinja's code generator, for an environment in which no function is marked `pass_context` or the like."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja's name)
        """The template's code, after the names that it uses."""
        self.writeline("from operator import call as _call")
        self.writeline(f"from {__name__} import shown as _shown")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call, without the context in between."""
        self.write("_call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("_shown(")


class Compiled(BytecodeCache):
    """Templates as they were compiled, each in a file of `folder`. Jinja's own cache of this kind runs what it finds there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled, if it is there whole."""
        if data := read_sealed(self._folder / bucket.key):
            bucket.bytecode_from_string(bytes(data))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if the folder can be written."""
        with suppress(OSError):
            write_sealed(self._folder / bucket.key, bucket.bytecode_to_string())
