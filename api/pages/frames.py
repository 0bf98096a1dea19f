"""The frames by which other sites show a picture or the status of a commitment: as wide as they have room for."""

from dataclasses import dataclass

from api.charts.words import wrap
from api.json_types import JsonObject
from api.pages.marks import NOT_IDENTIFIED
from api.pages.page_request import PageRequest
from api.pages.pictures import sheet_of
from api.pictures.picture import Picture
from api.urls import page_path

# The address of the embed of the grid, which is older than the addresses of pictures.
PROGRESS = "/embed/progress"
# In CSS pixels: the widest, and the width of a phone's column, for which the height of a text is computed.
WIDEST, COLUMN = 480, 340
PADDING = 28


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
        width, height = max(int(self.width * ratio), 1), max(int(self.height * ratio), 1)
        return Frame(self.path, self.title, width, height, scales=True)

    def html(self, page: PageRequest) -> str:
        theme = page.params.get("theme")
        address = page.absolute(self.path, theme=theme)
        return page.templates.get_template("embed.html").render(frame=self, address=address)


def picture_frame(page: PageRequest, picture: Picture, path: str = "") -> Frame:
    """`path` is given where the embed has another one than the picture."""
    sheet = sheet_of(page, picture)
    height = round(WIDEST * sheet.height / sheet.width)
    return Frame(path or f"/embed{picture.path}", picture.title, WIDEST, height, scales=True)


def commitment_frame(page: PageRequest, row: JsonObject) -> Frame:
    name = f"{row['ref']}: {row['title'] or NOT_IDENTIFIED}"
    return Frame(f"/embed{page_path('Commitment', row)}", name, WIDEST, _text_height(page, row, name), scales=False)


def _text_height(page: PageRequest, row: JsonObject, name: str) -> int:
    """How high the embed of a commitment is in the column of a phone, by the sizes of `embed.css`."""
    update, dataset = row["statusUpdate"] or {}, page.layout["dataset"]
    # The longest words that may stand in the place of what is not counted in full.
    said = "In this tracker's words, and what has been said since by those who carry it out and by all others."
    texts = [
        (name, 18.4, 23),
        (f"{page.labels[row['status']]}, by the word of the government alone, 30 September 2026", 19.2, 28),
        (update.get("note", ""), 16, 23.2),
        (f"{said} {_source(update)}", 13.6, 19.7),
        (f"As of 30 September 2026. Sixty-One, {dataset['licence']}. {dataset['attribution']}", 13.6, 19.7),
    ]
    lines = [(len(wrap(text, size, COLUMN - PADDING)), step) for text, size, step in texts]
    return round(sum(number * step + 6.4 for number, step in lines)) + PADDING


def _source(update: JsonObject) -> str:
    return str(update["citation"]["document"]["title"]) if update.get("citation") else ""
