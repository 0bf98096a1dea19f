"""Where a reader reports a mistake in a statement, with what it is about filled in."""

from urllib.parse import quote, urlencode, urlsplit, urlunsplit


def report_url(contact: str, about: str, address: str, revision: int) -> str:
    """The address of the editors with a subject and a text: a mail client takes both, and so may a form."""
    body = f"{about}\n{address}\nRevision {revision}\n\nWhat is wrong, and which source says so:\n"
    parts = urlsplit(contact)
    text = urlencode({"subject": f"Wrong? {about}", "body": body}, quote_via=quote)
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, text]))))
