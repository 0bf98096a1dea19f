from collections.abc import Mapping

from api.exports.batch import Batch, each
from api.exports.columns import ApiColumns, Column, Kind, attribute, owner
from api.exports.funds import TABLE as FUNDS
from api.exports.sources import source
from api.exports.table import ExportTable
from db import funds, models
from db.vocabulary import AmountKind, Bound, DatePrecision
from schema.funds import AmountStatement
from schema.money import Money

own, money = ApiColumns(AmountStatement), ApiColumns(Money)


def load_statements(batch: Batch) -> Mapping[int, list[models.AmountStatement]]:
    return batch.ask(funds.amounts_by, batch.moment.as_of, batch.moment.today)


TABLE = ExportTable(
    "amounts",
    "Statements of the size of funds",
    "What each source said of the size of a fund by `asOf`. A statement without a date is there only today or later:"
    " nobody can say that it was made before. As known now, whatever `knownAt` says.",
    ("key",),
    each(FUNDS.batches, load_statements),
    (
        Column("key", "The same at every revision and in every database.", attribute("key"), required=True),
        Column("fund", "The fund.", owner("slug"), references="funds", required=True),
        own("kind", enum=AmountKind, required=True),
        own("money", Kind.POUNDS, attribute("amount"), name="amount", more=money.descriptions["amount"], required=True),
        money("currency", required=True),
        money("bound", enum=Bound, required=True),
        own("statedOn", Kind.DATE),
        own("precision", enum=DatePrecision),
        *source(own.descriptions["citation"], models.Citation.amount_statement_id),
    ),
)
