"""A change in a sentence for a reader: with titles in the place of slugs, and by whose word."""

import datetime as dt
import re

import pytest

from tests.inputs import EVERY_INPUT, submit_valid
from tests.server import Api
from tests.writable import WritableApi

# The sentence after each mutation of `tests/inputs.py` and `tests/corrections.py`.
SENTENCES = {
    "recordStatus": "SVS-05 Add county lines to child safeguarding guidance: delivered, Parliament says, 15"
    " May 2019",
    "correctStatus": "SVS-21 Challenge and support community safety partnerships: not started, civil society"
    " says, June 2019, in place of an earlier statement: It was said before.",
    "identifyCommitment": "SVS-35 is identified: Mend the quay",
    "addDocument": "New source on record: Letter on the quay",
    "addEvent": "New event on record: The quay opens",
    "addFund": "New fund on record: Quay money",
    "stateAmount": "Anti-Knife Crime Community Fund: up to £1,300,000.50 announced, April 2019, says “Home"
    " Office news on the North East engagement event”",
    "allocate": "#knifefree campaign: £1.3 million to All City Media, says “Commons debate on serious"
    " violence”",
    "link": "SVS-21 Challenge and support community safety partnerships and Police surge funding are now"
    " tied: The surge was to serve it.",
    "unlink": "SVS-10 Create an Early Intervention Youth Fund and Early Intervention Youth Fund, first round"
    " are no longer tied: Not what it was for.",
    "openDiscrepancy": "Sources disagree: How much is the quay money?",
    "settleDiscrepancy": "A disagreement between sources is explained: Were the engagement events monthly?"
    " Some were not reported.",
    "reopenDiscrepancy": "A disagreement between sources is open again: What did the first year of the social"
    " media hub cost? Another source was found.",
    "correctCommitment": "SVS-24 Ask about acid is corrected: Misread.",
    "correctFund": "The fund “Families: training” is corrected: It is a part.",
    "correctAmount": "Anti-Knife Crime Community Fund 2017/18: what was said of its size is corrected:"
    " Misread.",
    "correctAllocation": "Kent county lines casework, Home Office share: what St Giles Trust was given or"
    " promised is corrected: Misread.",
    "correctEvent": "The event “The Bill is announced” is corrected: Another day.",
    "correctDocument": "The source “A case study of the councils” is corrected: Found its date.",
    "correctOrganisation": "The organisation “National Trading Standards Board” is corrected: Its full name.",
    "correctCitation": "SVS-25 Deliver the action plan on acid attacks: a source is corrected: Another"
    " source.",
    "correctDiscrepancy": "The disagreement “How large is it?” is corrected: Misread.",
    "withdrawIdentification": "SVS-22 is no longer identified as “Ask commissioners to lead locally”: It is"
    " another one.",
    "withdrawStatus": "SVS-26 Support Operation Sceptre weeks of action: “in progress, a delivery body says,"
    " May 2023” is withdrawn: The source does not say so.",
    "withdrawFund": "The fund “Police social media hub 2020/21” is withdrawn: It is the same fund.",
    "withdrawAmount": "Unplugged drug prevention: that £175,000 was restated is withdrawn: The source does"
    " not say so.",
    "withdrawAllocation": "Early Intervention Youth Fund, second round: £410,000 to Police and Crime"
    " Commissioner for Cheshire is withdrawn: It went elsewhere.",
    "withdrawEvent": "The event “Working Together guidance published” is withdrawn: It is no event.",
    "withdrawCitation": "SVS-26 Support Operation Sceptre weeks of action: the source “Written answer 144914:"
    " knife crime” is withdrawn: The source does not name it.",
    "withdrawDiscrepancy": "The disagreement “What did the up to £1 million of the Strategy cover?” is"
    " withdrawn: They say the same.",
}  # fmt: skip
HEADLINES = "query ($first: Int) { changes(direction: DESC, first: $first) { nodes { headline summary action } } }"
# A slug, such as youth-fund-round-1, and the key of a statement.
SLUG, KEY = re.compile(r"\b[a-z]+(-[a-z0-9]+){2,}\b"), re.compile(r"\b[0-9a-f]{20}\b")


@pytest.mark.parametrize("name", EVERY_INPUT)
def test_a_change_is_told_in_a_sentence(api_writable: WritableApi, name: str) -> None:
    submit_valid(api_writable.editor, name)
    [change] = api_writable.public.ask(HEADLINES, first=1)["changes"]["nodes"]
    assert change["headline"] == SENTENCES.get(name, change["headline"])
    assert change["headline"] != change["summary"]
    assert not SLUG.search(change["headline"])
    assert not KEY.search(change["headline"])


def test_an_import_is_told_by_its_summary(api_readonly: Api) -> None:
    changes = api_readonly.ask(HEADLINES, first=10)["changes"]["nodes"]
    assert {change["action"] for change in changes} == {"IMPORTED"}
    assert [change["headline"] for change in changes] == [change["summary"] for change in changes]


def test_a_search_that_found_nothing_is_no_status(api_writable: WritableApi) -> None:
    submit_valid(
        api_writable.editor, "recordStatus", commitment="SVS-11", status="NO_EVIDENCE", voice="TRACKER", citation=None
    )
    [change] = api_writable.public.ask(HEADLINES, first=1)["changes"]["nodes"]
    assert change["headline"].endswith(": this tracker searched and found nothing, 15 May 2019")


def test_a_sentence_names_what_was_withdrawn_since(api_writable: WritableApi) -> None:
    submit_valid(api_writable.editor, "addEvent")
    api_writable.clock.now += dt.timedelta(hours=1)
    submit_valid(api_writable.editor, "withdrawEvent", event="quay-opens")
    withdrawal, addition = api_writable.public.ask(HEADLINES, first=2)["changes"]["nodes"]
    assert withdrawal["headline"] == "The event “The quay opens” is withdrawn: It is no event."
    assert addition["headline"] == "New event on record: The quay opens"
