"""Who may make a change: every mutation requires a role."""

from collections.abc import Awaitable, Callable, Iterator

from graphql import ExecutionResult, located_error
from graphql.language import ast
from strawberry.extensions import FieldExtension, SchemaExtension
from strawberry.types import ExecutionContext

from db.vocabulary import ProblemCode, Role
from schema.context import Info
from schema.errors import Unauthenticated
from schema.guard import operation_of
from schema.results import Rejected

META = "__typename"


class RequireToken(SchemaExtension):
    """Refuses a mutation without a token before its input is read, which takes far longer than to read a query."""

    def on_execute(self) -> Iterator[None]:
        self.execution_context.result = refusal(self.execution_context)
        yield


class RequireRole(FieldExtension):
    """Rejects a mutation unless the token has the role."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def resolve_async(
        self, next_: Callable[..., Awaitable[object]], source: object, info: Info, **arguments: object
    ) -> object:
        viewer = info.context.viewer
        if viewer is None:
            raise Unauthenticated
        if viewer.role not in (self.role, Role.EDITOR):
            return Rejected.for_reason(ProblemCode.NOT_ALLOWED, "This takes the token of an editor.")
        return await next_(source, info, **arguments)


def refusal(context: ExecutionContext) -> ExecutionResult | None:
    """The result of a mutation without a token; None for anything else."""
    if context.context and context.context.viewer is None and context.graphql_document:
        operation = operation_of(context)
        if operation and operation.operation is ast.OperationType.MUTATION:
            return _refuse(context.graphql_document, operation)
    return None


def _refuse(document: ast.DocumentNode, operation: ast.OperationDefinitionNode) -> ExecutionResult | None:
    """The result of a mutation of which each field failed; None if it has no other field than `__typename`."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, ast.FragmentDefinitionNode)}
    fields = {(node.alias or node.name).value: node for node in _fields(operation.selection_set, fragments)}
    errors = [
        located_error(Unauthenticated(), [node], [name]) for name, node in fields.items() if node.name.value != META
    ]
    data = {name: "Mutation" if node.name.value == META else None for name, node in fields.items()}
    return ExecutionResult(data, errors) if errors else None


def _fields(
    selections: ast.SelectionSetNode, fragments: dict[str, ast.FragmentDefinitionNode]
) -> Iterator[ast.FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, ast.FieldNode):
            yield selection
        elif isinstance(selection, ast.InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        # Each fragment once: fragments that repeat each other would take exponential time.
        elif isinstance(selection, ast.FragmentSpreadNode) and (fragment := fragments.pop(selection.name.value, None)):
            yield from _fields(fragment.selection_set, fragments)
