"""The picture that goes with a link to a commitment."""

from api.charts.marks import sign
from api.formatting import day, whose
from api.json_types import JsonObject
from api.pages.marks import NOT_IDENTIFIED
from api.pages.page_request import PageRequest
from api.pictures.card import Card
from api.urls import page_path


async def commitment_card(page: PageRequest) -> Card:
    return status_card(page, (await page.execute("embed-commitment"))["commitment"])


def status_card(page: PageRequest, row: JsonObject) -> Card:
    strategy = page.layout["strategy"]["title"]
    update, said = row["statusUpdate"], "Nobody's word is on record. This does not say that nothing was done."
    if update:
        source = f": {update['citation']['document']['title']}" if update["citation"] else ""
        alone = " alone" if row["governmentAlone"] and update["side"] == "GOVERNMENT" else ""
        when = day(update["effectiveOn"], update["precision"])
        said = f"By {whose(update['voice'])} word{alone}, {when}{source}"
    return Card(
        page=page_path("Commitment", row),
        kicker=f"{row['ref']}{', announced after' if row['origin'] == 'LATER' else ' of'} the {strategy}",
        title=row["title"] or NOT_IDENTIFIED,
        sign=sign(row),
        verdict=page.labels[row["status"]],
        said=said,
    )
