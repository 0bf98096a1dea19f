"""Statements with conditions in them, which are built once for all that differ from each other in values alone."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.sql.elements import ClauseList

from db.statements import Params, Query, Statement

Clauses: TypeAlias = Sequence[sa.ColumnElement[Any]]
# How many are remembered, of up to a fifth of a megabyte each: conditions have more forms than anybody asks for.
FORMS = 100


class Form:
    """Clauses of SQL. They are equal to others that have the same SQL, whatever the values in it."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.binds: Sequence[sa.BindParameter[Any]] = ()
        self.shape: Hashable = ()
        if clauses:
            # Of all together, so that a value which two of them share is one in the others, too.
            key = ClauseList(*clauses)._generate_cache_key()
            assert key, "A condition has no literals in its SQL."
            self.binds = key.bindparams
            lengths = tuple(len(bind.effective_value or ()) for bind in self.binds if bind.expanding)
            self.shape = key.key, lengths
        self.hash = hash(self.shape)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.shape == other.shape


def statement_of(
    build: Callable[..., Query], *clauses: Clauses, args: Sequence[Hashable] = (), is_cacheable: bool = False
) -> tuple[Statement, Params]:
    """The statement that `build` makes of lists of clauses and of other arguments, and the values in the clauses."""
    form = _form(*(clause for each in clauses for clause in each))
    statement, names = _statement(build, form, tuple(map(len, clauses)), args, is_cacheable)
    return statement, {name: bind.effective_value for name, bind in zip(names, form.binds, strict=True)}


# By the clauses themselves, which those who ask may keep.
@lru_cache(maxsize=FORMS)
def _form(*clauses: sa.ColumnElement[Any]) -> Form:
    return Form(clauses)


@lru_cache(maxsize=FORMS)
def _statement(
    build: Callable[..., Query], form: Form, lengths: Sequence[int], args: Sequence[Hashable], is_cacheable: bool
) -> tuple[Statement, list[str]]:
    clauses = iter(form.clauses)
    lists = [[next(clauses) for _ in range(length)] for length in lengths]
    return Statement(build(*lists, *args), is_cacheable=is_cacheable), [bind.key for bind in form.binds]
