"""The frames by which other sites show a picture or the status of a commitment: as wide as they have room for."""

from dataclasses import dataclass
from math import ceil

from api.charts.marks import sign
from api.charts.words import wrap
from api.json_types import JsonObject
from api.pages.marks import NOT_IDENTIFIED
from api.pages.page_request import PageRequest
from api.pages.pictures import sheet_of
from api.pictures.picture import Picture
from api.urls import page_path
from db.formatting import enum_label

# The address of the embed of the grid, which is older than the addresses of pictures.
PROGRESS = "/embed/progress"
# In CSS pixels: the widest, and the width of a phone's column, for which the height of a text is computed.
WIDEST, COLUMN = 480, 340
PADDING = 28
# How much wider than usual the letters of a reader may be.
WIDER = 1.07


@dataclass(frozen=True)
class Frame:
    """`scales` if what it shows grows and shrinks with its width, as a picture does and a text does not."""

    path: str
    title: str
    width: int
    height: int
    scales: bool

    def within(self, width: int | None, height: int | None) -> "Frame":
        """The same in no more than this room."""
        least = min(self.width, width or self.width)
        if not self.scales:
            return Frame(self.path, self.title, least, min(self.height, height or self.height), scales=False)
        ratio = min(least / self.width, (height or self.height) / self.height)
        width, height = max(int(self.width * ratio), 1), max(min(ceil(self.height * ratio), height or self.height), 1)
        return Frame(self.path, self.title, width, height, scales=True)

    def html(self, page: PageRequest) -> str:
        theme = page.params.get("theme")
        address = page.absolute(self.path, theme=theme)
        return page.templates.get_template("embed.html").render(frame=self, address=address)


def picture_frame(page: PageRequest, picture: Picture, path: str = "") -> Frame:
    """`path` is given where the embed has another one than the picture."""
    sheet = sheet_of(page, picture)
    height = ceil(WIDEST * sheet.height / sheet.width)
    return Frame(path or f"/embed{picture.path}", picture.title, WIDEST, height, scales=True)


def commitment_frame(page: PageRequest, row: JsonObject) -> Frame:
    name = f"{row['ref']}: {row['title'] or NOT_IDENTIFIED}"
    return Frame(f"/embed{page_path('Commitment', row)}", name, WIDEST, _text_height(page, row, name), scales=False)


def _text_height(page: PageRequest, row: JsonObject, name: str) -> int:
    """How high the embed of a commitment is in the column of a phone, by the sizes of `embed.css`."""
    update, dataset = row["statusUpdate"] or {}, page.layout["dataset"]
    said = "Nobody's word is on record. This does not say that nothing was done.", ""
    if update:
        sentences: dict[str, str] = vars(page.templates.get_template("words.html").module)["CONFIRMATION_SENTENCE"]
        since = "Nothing found since 30 September 2026." if row["nothingFoundSince"] else ""
        words = (enum_label(update["voice"]), _source(update), sentences[row["confirmation"]], since)
        said = update["note"], f"In this tracker's words. {' '.join(words)}"
    texts = [
        (name, 18.4, 23),
        (f"{page.labels[sign(row)]} {'30 September 2026' if update else ''}", 19.2, 28),
        (said[0], 16, 23.2),
        (said[1], 13.6, 19.7),
        (f"As of 30 September 2026. Sixty-One, {dataset['licence']}. {dataset['attribution']}", 13.6, 19.7),
    ]
    lines = [(len(wrap(text, size * WIDER, COLUMN - PADDING)), step) for text, size, step in texts]
    return round(sum(number * step + 6.4 for number, step in lines)) + PADDING


def _source(update: JsonObject) -> str:
    return str(update["citation"]["document"]["title"]) if update.get("citation") else ""
