"""The path of each picture, to which an ending tells the form, and of each picture that goes with links to a page."""

from api.pages import areas, fund_pictures, home, status_card, themes, timeline
from api.pages.cards import DrawCard
from api.pages.pictures import Draw

PICTURES: dict[str, Draw] = {
    "/charts/commitments": home.commitments_picture,
    "/charts/commitments/{ref}": timeline.timeline_picture,
    "/charts/funds/{slug}": fund_pictures.fund_picture,
    "/charts/progress": home.progress_picture,
    "/charts/themes/{slug}": themes.theme_picture,
}
CARDS: dict[str, DrawCard] = {
    "/cards/areas/{slug}": areas.area_card,
    "/cards/commitments/{ref}": status_card.commitment_card,
    "/cards/funds/{slug}": fund_pictures.fund_card,
    "/cards/home": home.home_card,
    "/cards/themes/{slug}": themes.theme_card,
}
