"""How the values of a column are completed, but for leaves: lists are flattened, and objects executed further."""

from collections.abc import Callable, Sequence
from itertools import chain
from types import NoneType
from typing import Any

from graphql import GraphQLObjectType
from strawberry.types import get_object_definition

from schema.execution import Execution
from schema.plans.level import MANY, Column, Columns, Level, NoPlan, Place, Values
from schema.plans.plan import Plan


class NonNull:
    def __init__(self, inner: Values) -> None:
        self.inner = inner

    @property
    def columns(self) -> Columns:
        return self.inner.columns

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column:
        values = await self.inner.complete(execution, values, place)
        if None in values:
            raise NoPlan
        return values


class List:
    def __init__(self, inner: Values) -> None:
        self.inner = inner

    @property
    def columns(self) -> Columns:
        return self.inner.columns

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column:
        items = list(chain.from_iterable(value for value in values if value is not None))
        if items:
            items = list(await self.inner.complete(execution, items, MANY))
        lists: list[Any] = []
        start = 0
        for value in values:
            if value is None:
                lists.append(None)
            else:
                end = start + len(value)
                lists.append(items[start:end])
                start = end
        return lists


class Objects:
    """Objects of one type, or of those of an interface or a union. A type is planned once an object of it is there:
    so it never takes longer to plan a query than to execute it."""

    def __init__(
        self, kinds: Sequence[GraphQLObjectType], plan: Callable[[Execution, GraphQLObjectType], Plan]
    ) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.only = kinds[0].name if len(kinds) == 1 else None
        self.plan = plan
        self.plans: dict[str, Plan] = {}

    @property
    def columns(self) -> Columns:
        # None at first: a query that is asked once gains nothing from a statement of its own.
        plan = self.plans.get(self.only) if self.only else None
        return plan.columns if plan else None

    async def complete(self, execution: Execution, values: Column, place: Place) -> Column:
        # By their types, because to compare an object with None calls its own method.
        if self.only and values and NoneType not in map(type, values):
            return await self._execute(execution, self.only, values, place)
        numbers: dict[str, list[int]] = {}
        for number, value in enumerate(values):
            if value is not None:
                numbers.setdefault(self.only or _type_name(value), []).append(number)
        answers: list[Any] = [None] * len(values)
        for name, each in numbers.items():
            made = await self._execute(execution, name, [values[number] for number in each], place)
            for number, answer in zip(each, made, strict=True):
                answers[number] = answer
        return answers

    async def _execute(self, execution: Execution, name: str, objects: Column, place: Place) -> list[dict[str, Any]]:
        plan = self.plans.get(name)
        if plan is None:
            if name not in self.kinds:
                raise NoPlan
            plan = self.plans[name] = self.plan(execution, self.kinds[name])
        return await plan.execute(Level(execution, objects, place))


def _type_name(value: object) -> str:
    definition = get_object_definition(value)
    if definition is None:
        raise NoPlan
    return definition.name
