"""Who may make a change. Every mutation says which role it takes."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
    located_error,
)
from strawberry.extensions import FieldExtension, SchemaExtension

from db.vocabulary import ProblemCode, Role
from schema.context import Info
from schema.errors import Unauthenticated
from schema.results import Rejected

META = "__typename"


class Known(SchemaExtension):
    """Refuses a mutation without a token before anything is made of what was sent with it.

    An input takes far longer to read than a question: only those who may write are worth it.
    """

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        if context.context and context.context.viewer is None:
            assert context.graphql_document
            operation = get_operation_ast(context.graphql_document, context._provided_operation_name)
            if (
                operation
                and operation.operation is OperationType.MUTATION
                and (field := _first_change(context.graphql_document, operation))
            ):
                name = (field.alias or field.name).value
                # As if the field had been tried: it is not null, so nothing is left beside it.
                context.result = ExecutionResult(None, [located_error(Unauthenticated(), [field], [name])])
        yield


class Allowed(FieldExtension):
    """Lets in those who have the role. By then it is known that there is a token, see above."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: Info, **arguments: Any
    ) -> Any:
        viewer = info.context.viewer
        if viewer is None:
            raise Unauthenticated
        if viewer.role not in (self.role, Role.EDITOR):
            return Rejected.at_once(ProblemCode.NOT_ALLOWED, "This takes the token of an editor.")
        return await next_(source, info, **arguments)


def _first_change(document: DocumentNode, operation: OperationDefinitionNode) -> FieldNode | None:
    """The first field of the mutation itself; None where only the name of its type is asked for."""
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    return next((field for field in _fields(operation.selection_set, fragments) if field.name.value != META), None)


def _fields(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        # Each once, or fragments that repeat each other would take exponential time.
        elif isinstance(selection, FragmentSpreadNode) and (named := fragments.pop(selection.name.value, None)):
            yield from _fields(named.selection_set, fragments)
