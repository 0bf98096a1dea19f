"""The depth of funds within funds is limited, for editors and for files."""

from tests.inputs import VALID_INPUTS, problems, submit, submit_valid
from tests.writable import WritableApi


def test_a_fund_stands_so_deep_and_no_deeper(api_writable: WritableApi) -> None:
    parent = None
    for number in range(21):
        submit_valid(api_writable.editor, "addFund", slug=f"within-{number}", parent=parent)
        parent = f"within-{number}"
    deeper = VALID_INPUTS["addFund"] | {"slug": "too-deep", "name": "Too deep", "parent": parent}
    assert problems(submit(api_writable.editor, "addFund", deeper)) == ["INVALID parent"]
    assert api_writable.public.http.get(f"/funds/{parent}").status_code == 200
