"""Executes a query by its plan, or whole by graphql-core."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import graphql
from graphql import DocumentNode, ExecutionResult, GraphQLSchema, OperationType
from graphql.language import ast, visitor
from strawberry.schema.schema_converter import GraphQLCoreConverter

from db.rows import Unread
from schema.context import Context
from schema.execution import Execution
from schema.guard import ParsedQuery
from schema.meter import Exhausted
from schema.plans.level import ROOT, Level, NoPlan
from schema.plans.plan import Plan
from schema.plans.planner import Planner

Result: TypeAlias = ExecutionResult | Awaitable[ExecutionResult]
# How many plans of one text are kept: one for each operation in it, and for each way in which its directives fall out.
MOST = 16


class Plans:
    """The plans of one text."""

    def __init__(self, document: DocumentNode) -> None:
        self.plans: dict[tuple[object, ...], Plan] = {}
        directives = _DirectiveVariables()
        graphql.visit(document, directives)
        # The variables that decide which fields are left out.
        self.variables = sorted(directives.names)

    def get(self, planner: Planner, execution: Execution) -> Plan:
        """Raises NoPlan."""
        name, values = execution.operation.name, execution.variable_values.coerced
        key = (name and name.value, *(values.get(variable) for variable in self.variables))
        plan = self.plans.get(key)
        if plan is None:
            plan = planner.plan(execution)
            if len(self.plans) == MOST:
                self.plans.clear()
            self.plans[key] = plan
        return plan


class _DirectiveVariables(visitor.Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: ast.DirectiveNode, *_: object) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, ast.VariableNode):
                self.names.add(argument.value.name.value)


class Executor:
    """Executes the operations of one schema."""

    def __init__(self, converter: GraphQLCoreConverter) -> None:
        self.planner = Planner(converter)
        self.plans: WeakKeyDictionary[ParsedQuery, Plans] = WeakKeyDictionary()
        # How many queries had a plan that answered them, and how many were left to graphql-core.
        self.answered = 0
        self.left = 0

    def execute(
        self, schema: GraphQLSchema, document: DocumentNode, *, context_value: Context | None, **options: Any
    ) -> Result:
        """As `graphql.execute`; the result of a query that has a plan has to be awaited."""
        middleware = options.get("middleware")
        root, variables, name = map(options.get, ("root_value", "variable_values", "operation_name"))
        operation = graphql.get_operation_ast(document, name)
        if (
            context_value
            and isinstance(context_value.query, ParsedQuery)
            and operation
            and operation.operation is OperationType.QUERY
            and not (middleware and middleware.middlewares)
        ):
            execution = Execution.build(schema, document, root, context_value, variables, name)
            if isinstance(execution, Execution):
                core = partial(graphql.execute, schema, document, context_value=context_value, **options)
                return self._execute(context_value.query, execution, core)
        return graphql.execute(schema, document, context_value=context_value, **options)

    async def _execute(
        self, query: ParsedQuery, execution: Execution, execute_by_core: Callable[[], Result]
    ) -> ExecutionResult:
        context: Context = execution.context_value
        cost = context.meter.cost
        try:
            plans = self.plans.get(query)
            if plans is None:
                plans = self.plans[query] = Plans(query.document)
            plan = plans.get(self.planner, execution)
            execution.narrows = plan.narrows
            with context.moment.reader.transaction():
                data = (await plan.execute(Level(execution, [execution.root_value], ROOT)))[0]
            errors = execution.collected_errors.errors
            if len(errors) > 1:
                # Their order is that in which graphql-core comes to them.
                raise NoPlan
        except Exhausted as error:
            # Executed otherwise, it would take as much again.
            return ExecutionResult(None, [error])
        except Exception as error:  # noqa: BLE001
            if isinstance(error, Unread):
                # Fields that share what they load want different columns of it: from now on, all are loaded.
                plan.narrows = False
            # Errors are those of graphql-core, which says where each occurred, and goes on beside it.
            self.left += 1
            context.meter.cost = cost
            context.pinned.clear()
            result = execute_by_core()
            return await result if isinstance(result, Awaitable) else result
        self.answered += 1
        return ExecutionResult(data, errors or None)
