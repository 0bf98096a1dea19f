"""A fund within a fund, and so on, comes to an end, whoever records it."""

from tests.desk import Desk
from tests.inputs import SOUND, made, problems, sent


def test_a_fund_stands_so_deep_and_no_deeper(at_desk: Desk) -> None:
    parent = None
    for number in range(21):
        made(at_desk.editor, "addFund", slug=f"within-{number}", parent=parent)
        parent = f"within-{number}"
    deeper = SOUND["addFund"] | {"slug": "too-deep", "name": "Too deep", "parent": parent}
    assert problems(sent(at_desk.editor, "addFund", deeper)) == ["INVALID parent"]
    assert at_desk.public.http.get(f"/funds/{parent}").status_code == 200
