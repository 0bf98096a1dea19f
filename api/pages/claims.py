"""The government's word on each commitment against everybody else's at or after it, as a table of counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.json_types import JsonObject
from api.moment import Moment
from api.pages.commitments import read_choices
from api.pages.page_request import PageRequest, read_filter

FILTERS, CHOSEN = ("theme",), ("origin",)
LIST = (*FILTERS, *CHOSEN)
# A side and its answer.
Column: TypeAlias = tuple[str, str]
# The columns without an answer since: others spoke only before the government's word, or never.
BEFORE, NEVER = ("", "BEFORE"), ("", "NEVER")


@dataclass(frozen=True)
class Cell:
    """Commitments with the same words, and the parameters of the list that has all of them."""

    entry: JsonObject
    params: dict[str, str]

    @property
    def rest(self) -> int:
        """How many of them are not listed."""
        number: int = self.entry["count"]
        return number - len(self.entry["commitments"])


@dataclass(frozen=True)
class Matrix:
    """`others` and `delivery` are the answers of these sides that there are; a row has the cells of each column."""

    others: Sequence[str]
    delivery: Sequence[str]
    rows: Sequence[tuple[str | None, int, Sequence[Sequence[Cell]]]]


def variables(params: QueryParams, _moment: Moment) -> JsonObject:
    return {"filter": read_filter(params, *FILTERS) | read_choices(params, *CHOSEN)}


async def claims(page: PageRequest) -> Response:
    asked = variables(page.params, page.moment)
    entries = (await page.execute("claims", **asked))["confirmations"]
    shown = {name: page.params[name] for name in LIST if name in page.params}
    statuses = [definition["status"] for definition in page.layout["statusDefinitions"]]
    delivered = [entry for entry in entries if entry["government"] == "DELIVERED"]
    outcomes: Counter[str] = Counter()
    for entry in delivered:
        outcomes[entry["confirmation"]] += entry["count"]
    return await page.render(
        "claims.html",
        matrix=matrix(entries, statuses, shown),
        outcomes=outcomes,
        alone=sum(entry["count"] for entry in delivered if entry["governmentAlone"]),
        shown=shown,
    )


def matrix(entries: Sequence[JsonObject], statuses: Sequence[str], shown: dict[str, str]) -> Matrix:
    """`statuses` are in order, and so are the entries; `shown` are the parameters of the page."""
    found = {_column(entry) for entry in entries}
    others, delivery = ([word for word in statuses if (side, word) in found] for side in ("OTHERS", "DELIVERY"))
    columns = [*(("OTHERS", word) for word in others), *(("DELIVERY", word) for word in delivery), BEFORE, NEVER]
    rows = []
    for word in dict.fromkeys(entry["government"] for entry in entries):
        own = [entry for entry in entries if entry["government"] == word]
        cells = [
            [Cell(entry, shown | list_params(entry)) for entry in own if _column(entry) == column] for column in columns
        ]
        rows.append((word, sum(entry["count"] for entry in own), cells))
    return Matrix(others, delivery, rows)


def list_params(entry: JsonObject) -> dict[str, str]:
    """The parameters of the list of the commitments with these words."""
    params = {
        "governmentStatus": entry["government"] or "NOT_ASSESSED",
        "confirmation": entry["confirmation"],
        "governmentAlone": "yes" if entry["governmentAlone"] else "no",
    }
    if entry["side"]:
        params["othersStatus" if entry["side"] == "OTHERS" else "deliveryStatus"] = entry["answer"]
    if entry["government"] is None and entry["side"] != "OTHERS":
        params["othersStatus"] = "NOT_ASSESSED"
        params.setdefault("deliveryStatus", "NOT_ASSESSED")
    return params


def _column(entry: JsonObject) -> Column:
    if entry["side"]:
        return entry["side"], entry["answer"]
    return BEFORE if entry["confirmation"] == "NOT_CONFIRMED_SINCE" else NEVER
