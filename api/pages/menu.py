"""The menu of every page: the lists that most people come for, and behind "More" the others."""

MENU = {
    "/commitments": "Commitments",
    "/themes": "Themes",
    "/funds": "Funds",
    "/areas": "Areas",
    "/gaps": "Gaps",
}
MORE = {
    "/events": "Events",
    "/organisations": "Organisations",
    "/sources": "Sources",
    "/compare": "Compare",
    "/method": "Method",
    "/data/": "Data",
}
