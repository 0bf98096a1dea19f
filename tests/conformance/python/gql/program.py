"""Asks, writes and follows with gql: queries put together in its DSL, by HTTP and over a WebSocket."""

import asyncio
import datetime as dt
import decimal
import os
from typing import Any

from gql import Client, gql  # type: ignore[import-not-found]
from gql.dsl import DSLFragment, DSLInlineFragment, DSLQuery, DSLSchema, dsl_gql  # type: ignore[import-not-found]
from gql.transport.exceptions import TransportQueryError  # type: ignore[import-not-found]
from gql.transport.httpx import HTTPXAsyncTransport  # type: ignore[import-not-found]
from gql.transport.websockets import WebsocketsTransport  # type: ignore[import-not-found]
from gql.utilities import update_schema_scalars  # type: ignore[import-not-found]
from scalars import SCALARS  # type: ignore[import-not-found]

URL, TOKEN = f"{os.environ['SIXTYONE_URL'].rstrip('/')}/graphql", os.environ["SIXTYONE_TOKEN"]
HEADERS = {"authorization": f"Bearer {TOKEN}"}

FOLLOW = gql("subscription { changes { revision recordedAt subject { ... on Named { label } } } }")
RECORD = gql("""
mutation ($input: RecordStatusInput!) {
  recordStatus(input: $input) {
    __typename
    ... on StatusRecorded { statusUpdate { effectiveOn } change { revision recordedAt } }
    ... on Rejected { problems { code path } }
  }
}
""")
STATEMENT = {"commitment": "SVS-19", "status": "IN_PROGRESS", "voice": "PARLIAMENT", "note": "It goes on."}


async def count_pages(session: Any, schema: DSLSchema) -> None:
    """Pages through the commitments by cursors, by a query of the DSL."""
    refs, after = [], None
    while True:
        connection = schema.Query.commitments(filter={"theme": ["county-lines"]}, first=5, after=after).select(
            schema.CommitmentConnection.totalCount,
            schema.CommitmentConnection.nodes.select(schema.Commitment.ref, schema.Commitment.status),
            schema.CommitmentConnection.pageInfo.select(schema.PageInfo.hasNextPage, schema.PageInfo.endCursor),
        )
        page = (await session.execute(dsl_gql(DSLQuery(connection))))["commitments"]
        refs += [node["ref"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(set(refs)) == len(refs) == page["totalCount"] > 5, refs


async def read_scalars(session: Any, schema: DSLSchema) -> None:
    money = DSLFragment("Sum").on(schema.Money).select(schema.Money.amount, schema.Money.bound)
    fund = schema.Query.fund(slug="serious-violence-fund").select(
        schema.Fund.amount.select(money), schema.Fund.amounts.select(schema.AmountStatement.statedOn)
    )
    document = schema.Query.commitment(ref="SVS-19").select(
        schema.Commitment.status(asOf=dt.date(2018, 12, 31)),
        schema.Commitment.statusUpdate.select(schema.StatusUpdate.recordedAt),
        schema.Commitment.citations.select(
            schema.Citation.subject.select(DSLInlineFragment().on(schema.Named).select(schema.Named.label))
        ),
    )
    answer = await session.execute(dsl_gql(money, DSLQuery(fund, document)))
    assert answer["fund"]["amount"] == {"amount": decimal.Decimal("100000000.00"), "bound": "EXACT"}, answer
    assert all(isinstance(amount["statedOn"], dt.date) for amount in answer["fund"]["amounts"]), answer
    assert answer["commitment"]["status"] == "IN_PROGRESS", answer
    assert answer["commitment"]["statusUpdate"]["recordedAt"].tzinfo, answer
    assert answer["commitment"]["citations"][0]["subject"]["label"].startswith("SVS-19"), answer


async def write(session: Any, **values: Any) -> Any:
    RECORD.variable_values = {"input": STATEMENT | values}
    return (await session.execute(RECORD, serialize_variables=True))["recordStatus"]


async def write_and_follow(session: Any, live: Any) -> None:
    """A refusal is an answer with every problem; what is written reaches the subscriber."""
    changes = live.subscribe(FOLLOW)
    change = asyncio.ensure_future(anext(changes))
    # A second operation over the same connection is answered once the first is under way.
    await live.execute(gql("{ dataset { revision } }"))
    refused = await write(session, effectiveOn=dt.date(3000, 1, 1), citation={"document": "no-such-page"})
    assert refused["__typename"] == "Rejected", refused
    assert {(p["code"], *p["path"]) for p in refused["problems"]} == {
        ("INVALID", "effectiveOn"), ("NOT_FOUND", "citation", "document")
    }, refused  # fmt: skip
    page = {"newDocument": {"slug": "a-page-for-gql", "title": "A page"}}
    recorded = await write(session, effectiveOn=dt.date(2025, 1, 31), citation=page)
    assert recorded["statusUpdate"]["effectiveOn"] == dt.date(2025, 1, 31), recorded
    followed = (await asyncio.wait_for(change, 60))["changes"]
    assert followed == recorded["change"] | {"subject": followed["subject"]}, followed
    assert followed["subject"]["label"].startswith("SVS-19"), followed
    await changes.aclose()


async def meet_errors(session: Any) -> None:
    """What was asked beside an error is answered; what cannot be is refused with a code."""
    errors, data = await refusal(session, '{ dataset { licence } commitment(ref: "SVS-99") { title } }')
    assert errors == ["NOT_FOUND"], errors
    assert data["dataset"]["licence"], data
    assert data["commitment"] is None, data
    for query in (
        '{ progress(asOf: "2109-01-01") { total } }',
        '{ progressSeries(from: "2019-01-01", to: "2109-01-01", every: YEAR) { total } }',
    ):
        assert await refusal(session, query) == (["BAD_USER_INPUT"], None), query


async def refusal(session: Any, query: str) -> tuple[list[str], Any]:
    """The codes of the errors of an answer, and what is beside them."""
    try:
        await session.execute(gql(query))
    except TransportQueryError as error:
        return [each["extensions"]["code"] for each in error.errors or []], error.data
    return [], None


async def main() -> None:
    by_http = HTTPXAsyncTransport(URL, headers=HEADERS)
    by_socket = WebsocketsTransport(URL.replace("http", "ws", 1), init_payload={"Authorization": f"Bearer {TOKEN}"})
    options = {"fetch_schema_from_transport": True, "parse_results": True}
    async with Client(transport=by_http, **options) as session, Client(transport=by_socket, **options) as live:
        for client in (session.client, live.client):
            update_schema_scalars(client.schema, SCALARS)
        schema = DSLSchema(session.client.schema)
        await count_pages(session, schema)
        await read_scalars(session, schema)
        await write_and_follow(session, live)
        await meet_errors(session)


asyncio.run(main())
