from api.exports.batch import each
from api.exports.columns import ApiColumns, Column, Kind, attribute, key_of, owner
from api.exports.funds import TABLE as FUNDS
from api.exports.sources import source
from api.exports.table import ExportTable
from db import funds, models
from db.vocabulary import Bound
from schema.funds import Allocation
from schema.money import Money

own, money = ApiColumns(Allocation), ApiColumns(Money)
KEY = "The slugs of the fund and the recipient; the API's id is made of it."
TABLE = ExportTable(
    "allocations",
    "Allocations",
    "What each recipient got from a fund. Do not add up what came from a fund and from its parts: `organisations` has"
    " the sums with each pound once. As known now, whatever the day: allocations have no clock.",
    ("key",),
    each(FUNDS.batches, lambda batch: batch.ask(funds.allocations)),
    (
        Column("key", KEY, attribute("key"), required=True),
        own("fund", read=owner("slug"), references="funds", required=True),
        own("recipient", read=key_of(models.Organisation, "recipient_id"), references="organisations", required=True),
        own("money", Kind.POUNDS, attribute("amount"), name="amount"),
        money("currency", required=True),
        money("bound", enum=Bound),
        own("period"),
        own("note"),
        *source(own.descriptions["citation"], models.Citation.allocation_id),
    ),
)
