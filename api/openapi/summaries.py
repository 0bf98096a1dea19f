"""What is at each address of the site, in a sentence."""

PAGES = {
    "/": "The first page: where the commitments stand, and what is not known.",
    "/commitments": "The list of commitments.",
    "/commitments/{ref}": "A commitment with its history and its sources.",
    "/themes": "The themes.",
    "/themes/{slug}": "A theme with its commitments.",
    "/funds": "The list of funds, without those that are part of another one.",
    "/funds/{slug}": "A fund: its size, its parts, its recipients, and whether they add up.",
    "/areas": "The list of areas.",
    "/areas/{slug}": "An area: the money of its bodies, and its events.",
    "/events": "The list of events, with a timeline.",
    "/events/{slug}": "An event with its hosts, participants and sources.",
    "/sources": "The list of documents that statements rest on.",
    "/sources/{slug}": "A document with all that rests on it.",
    "/organisations": "The list of organisations.",
    "/organisations/{slug}": "An organisation: what it leads, received, held and published.",
    "/claims": "The government's latest word on each commitment against that of the others.",
    "/compare": "What changed between two days.",
    "/people": "The list of people.",
    "/people/{slug}": "A person: where sources put them, and when.",
    "/search": "A search over everything.",
    "/ask": "Questions to start from, as GraphQL, with curl and in Python.",
    "/report": "The whole record as one document to print, in parts.",
    "/gaps": "What is not known yet, and whom to ask.",
    "/about": "Who keeps the record, and how to object.",
    "/glossary": "What each word means.",
    "/method": "How the record is made.",
    "/data/": "The list of files.",
    "/follow": "How to follow the whole record.",
    "/follow/commitments/{name}": "How to follow a commitment.",
    "/follow/themes/{name}": "How to follow a theme.",
    "/follow/funds/{name}": "How to follow a fund.",
    "/follow/organisations/{name}": "How to follow an organisation.",
    "/follow/areas/{name}": "How to follow an area.",
    "/follow/people/{name}": "How to follow a person.",
    "/changes": "The log of changes.",
    "/changes/{number}": "A change with every value that it wrote.",
}
LISTS = {"/compare/money": "What was stated of money between two days."}
# By the path without the ending that tells the form.
PICTURES = {
    "/charts/commitments": "Every commitment as a mark, by its status.",
    "/charts/commitments/{ref}": "What was said of a commitment, on a line of time.",
    "/charts/funds/{slug}": "A fund as bars: its size, its parts, its recipients.",
    "/charts/progress": "How many commitments have each status.",
    "/charts/themes/{slug}": "How many commitments of a theme have each status.",
    "/cards/areas/{slug}": "The picture that goes with a link to an area.",
    "/cards/commitments/{ref}": "The picture that goes with a link to a commitment.",
    "/cards/funds/{slug}": "The picture that goes with a link to a fund.",
    "/cards/home": "The picture that goes with a link to the first page.",
    "/cards/themes/{slug}": "The picture that goes with a link to a theme.",
}
EMBEDS = {
    "/embed/commitments/{ref}": "A commitment, for a frame on another site.",
    "/embed/progress": "Every commitment as a mark, for a frame on another site.",
}
FEEDS = {"feed": "The changes", "evidence": "New evidence"}
