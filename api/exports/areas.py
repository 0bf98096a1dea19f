"""Areas, and what their bodies got: in all, and from each fund."""

from collections.abc import Mapping

from api.exports.batch import Batch, each, every
from api.exports.sources import citation_count
from api.exports.table import ApiColumns, Column, ExportTable, Kind, attribute, field, id_of, key_of, owner
from db import events, models, shares
from db.totals import Total
from schema.areas import Area
from schema.money import Money
from schema.shares import AreaTotal, Share

column, share, total, money = ApiColumns(Area), ApiColumns(Share), ApiColumns(AreaTotal), ApiColumns(Money)
KNOWN = "Empty where no sum is known."


def load_totals(batch: Batch) -> Mapping[int, Total]:
    return batch.ask(shares.totals)


def event_counts(batch: Batch) -> list[int]:
    counts = batch.ask(events.count_within, batch.moment.as_of)
    return [counts[id_] for id_ in batch.ids]


AREAS = ExportTable(
    "areas",
    "Areas",
    "The areas of police forces, regions and nations. Which bodies stand in each stands in `area_organisations`, what"
    " they got from each fund in `area_shares`, which events were held there in `events`. `eventCount` goes by the day"
    " `asOf`; the rest has no day.",
    ("slug",),
    every(models.Area),
    (
        *column.attributes("slug", "name", "kind", "code"),
        column("parent", key_of(models.Area, "parent_id"), references="areas"),
        column("eventCount", event_counts),
        Column("allocated", f"{column.describe('allocated')} {KNOWN}", field(load_totals, "amount"), Kind.POUNDS),
        money("bound", field(load_totals, "bound"), name="allocatedBound", more=KNOWN, required=False),
        total("unknownSums", field(load_totals, "unknown_sums")),
        total("mayOverlap", field(load_totals, "may_overlap")),
        citation_count(models.Citation.area_id),
        id_of(Area, attribute("slug")),
    ),
)
AREA_SHARES = ExportTable(
    "area_shares",
    "Areas and funds",
    "What the bodies that stand in each area got from each fund and its parts, each pound once. Those of the areas"
    " within it stand there. It has no day: `asOf` leaves out none.",
    ("area", "fund"),
    each(AREAS.batches, lambda batch: batch.ask(shares.of_areas)),
    (
        share("area", owner("slug"), references="areas"),
        share("fund", key_of(models.Fund, "fund_id"), references="funds"),
        Column("amount", f"{total.describe('money')} {KNOWN}", attribute("total.amount"), Kind.POUNDS),
        money("bound", attribute("total.bound"), more=KNOWN, required=False),
        total("unknownSums", attribute("total.unknown_sums")),
        total("mayOverlap", attribute("total.may_overlap")),
    ),
)
