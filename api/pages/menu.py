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
    "/claims": "Claims",
    "/compare": "Compare",
    "/organisations": "Organisations",
    "/people": "People",
    "/sources": "Sources",
    "/method": "Method",
    "/glossary": "Glossary",
    "/about": "About",
    "/data/": "Data",
    "/ask": "Ask",
    "/report": "Report",
    "/follow": "Follow",
}
