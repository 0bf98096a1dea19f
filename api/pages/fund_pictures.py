"""The pictures of a fund: where its money went, and the one that goes with a link to it."""

from collections.abc import Mapping

from api.charts.money import FILLS, money_chart
from api.formatting import money
from api.json_types import JsonObject
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.pictures.picture import KeyEntry, Picture
from api.urls import page_path

GAP = (
    "A gap does not say that money is missing: a part or a recipient may not have been found, its list read only in"
    " part, or a total rounded."
)
SUMS = ("stated", "accountedFor", "byRecipient")
MONEY = ("amount", "bound")


async def fund_card(page: PageRequest) -> Card:
    return fund_card_of(page, (await page.execute("fund"))["fund"])


def fund_card_of(page: PageRequest, row: JsonObject) -> Card:
    chart = money_chart(row)
    bar, whole = chart.bars[0], max(chart.width, 1)
    known = f"The sums of recipients on record come to {money(dict(bar.recipients))}."
    return Card(
        page=page_path("Fund", row),
        kicker=f"Money of the {page.layout['strategy']['title']}",
        title=row["name"],
        verdict=f"{money(row['amount'])} stated" if row["amount"] else "No source read gives its size",
        said=known if float(bar.recipients["amount"]) else "No sum of a recipient is on record.",
        bar=[(fill, length / whole) for fill, _, length in bar.segments],
        key=[KeyEntry(FILLS[fill], fill=fill) for fill, _, _ in bar.segments],
    )


async def fund_picture(page: PageRequest) -> Picture:
    return fund_picture_of(page, (await page.execute("fund"))["fund"])


def fund_picture_of(page: PageRequest, row: JsonObject) -> Picture:
    tree = money_chart(row)
    rows = []
    for bar in tree.bars:
        balance = bar.fund["reconciliation"]
        sums = (balance["stated"], balance["accountedFor"], bar.recipients)
        rows.append(
            [bar.fund["slug"], bar.fund["name"], bar.depth, *(_cell(one, name) for one in sums for name in MONEY)]
        )
    stated = money(row["amount"]) if row["amount"] else "a size that no source read gives"
    return Picture(
        title=f"{row['name']}: where the money went",
        description=f"A bar for the fund, {stated}, and for each of its {len(tree.bars) - 1} parts, in one scale.",
        drawing="money",
        chart=tree,
        key=[KeyEntry(FILLS[fill], fill=fill) for fill in tree.fills],
        notes=[GAP],
        columns=["slug", "name", "level", *(f"{sum}{part}" for sum in SUMS for part in ("", "Bound"))],
        rows=rows,
        page=page_path("Fund", row),
        path="/charts" + page_path("Fund", row),
    )


def _cell(money: Mapping[str, str] | None, name: str) -> str:
    return money[name] if money else ""
