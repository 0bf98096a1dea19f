"""Content security policies: what a page may fetch, run and be framed by. Whatever says nothing else may do nothing."""

import base64
import hashlib
import re

NOTHING = "default-src 'none'; frame-ancestors 'none'"


def digests(page: str, element: str) -> list[str]:
    """What allows exactly the styles or scripts that stand within a page."""
    found = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found]
