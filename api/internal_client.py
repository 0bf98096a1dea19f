"""Queries of pages and feeds, which ask the public API and show what it answers."""

import re
from dataclasses import replace

from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from api.errors import RETRY_LATER, rate_limit_error
from api.json_types import JsonObject
from api.rate_limit import client_budget
from api.request_log import log_entry
from api.revision import reader_of
from api.services import services
from db.clock import Clock
from schema.build import Schema
from schema.errors import RateLimited, to_public
from schema.limits import Limits

VARIABLE = re.compile(r"^Variable '\$\w+' has invalid value(?: at [^:]*)?: ")
# Some pages show long lists whole. Clients cannot write these queries, so a high cost is safe.
OWN = Limits(cost=20 * Limits().cost)


class InternalClient:
    """Executes queries as the public, without a token, under limits that no setting lowers."""

    def __init__(self, schema: Schema, clock: Clock, seconds: float) -> None:
        """`seconds` is how long a query may take; one of ours always has the usual time."""
        self.schema = schema
        self.clock = clock
        self.limits = replace(OWN, seconds=max(OWN.seconds, seconds))
        # The queries that were executed before.
        self.executed: set[str] = set()

    async def execute(self, request: Request, query: str, variables: JsonObject | None = None) -> JsonObject:
        """The data of the response, what stands under `record` beside the rest.

        Raises 404 for an unknown node, and 400 for a value that is not valid.
        """
        payer = client_budget(request)
        context = services(request).context(
            self.clock,
            limits=self.limits,
            pay=payer.pay_for_page,
            meter=log_entry(request).add_meter(payer.client),
            reader=reader_of(request),
            is_first=query not in self.executed,
        )
        result = await self.schema.execute(
            query,
            variable_values=dict(variables or {}),
            context_value=context,
            allowed_operation_types={OperationType.QUERY},
        )
        self.executed.add(query)
        if refused := isinstance(result, PreExecutionError):
            await payer.charge_refusal(result.errors)
        for error in result.errors or ():
            if isinstance(error, RateLimited):
                raise rate_limit_error(error)
            _refuse(to_public(error, executing=not refused))
        assert result.data is not None
        return {**result.data.pop("record", {}), **result.data}


def _refuse(error: GraphQLError) -> None:
    code = (error.extensions or {})["code"]
    if code == "INTERNAL_SERVER_ERROR":
        # The log has it already, with its cause.
        raise HTTPException(500, error.message)
    if code == "UNAVAILABLE":
        raise HTTPException(503, error.message, RETRY_LATER)
    # Without the name of a variable, which is not in the address.
    raise HTTPException(404 if code == "NOT_FOUND" else 400, VARIABLE.sub("", error.message))
