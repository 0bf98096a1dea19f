"""Content security policies. A response without one of its own gets the strictest."""

import base64
import hashlib
import re

DENY_ALL = "default-src 'none'; frame-ancestors 'none'"


def inline_hashes(page: str, element: str) -> list[str]:
    """The sources that allow exactly the inline styles or scripts of a page."""
    texts = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]
