"""How templates read what they are given, and write it: a page does each some thousand times."""

from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from api.text import visible

# Texts stand on many pages, and on one of them several times. Longer ones do so seldom.
TEXTS, LONGEST = 4_000, 200
FUNCTIONS = {FunctionType, MethodType}


def write(value: object) -> str:
    """A value as a template writes it: every character visible, and escaped. Raises TypeError for None."""
    kind = type(value)
    if kind is str:
        return _write_short(value) if len(value) <= LONGEST else _write_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is int or kind is float:
        return str(value)
    if value is None:
        raise TypeError("A template writes None: say what is not known.")
    return escape(value)


def _write_text(text: str) -> Markup:
    return escape(visible(text))


_write_short = lru_cache(maxsize=TEXTS)(_write_text)


class _CodeGenerator(CodeGenerator):
    """Leaves out the call of `escape` around `finalize`, which `write` is: it would copy each text again."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        assert finalize.src
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class _Context(Context):
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        # To find out what it is to be given takes as long as a short macro.
        if type(obj) is Macro:
            args = (self.eval_ctx, *args)
        elif type(obj) not in FUNCTIONS or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class Environment(jinja2.Environment):
    code_generator_class = _CodeGenerator
    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        try:
            # Answers are dictionaries: to look for an attribute first would raise an error each time.
            return obj[attribute] if type(obj) is dict else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return super().getattr(obj, attribute)
