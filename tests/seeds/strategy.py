"""A small strategy, made up: as files, and as what the tests do with them."""

import hashlib
from collections.abc import Callable
from typing import Any

from seeds.loading.report import Report

Edit = Callable[[str, str, str], None]
Contents = Callable[[], dict[str, list[Any]]]
Load = Callable[[], Report]

NOTICE = """
Harbour Board publishes its strategy

The Board makes three promises.

Dredging has £2.5 million and begins in May.

\t
The ferry is
counted as kept.
"""

PARAGRAPHS = [
    "Harbour Board publishes its strategy",
    "The Board makes three promises.",
    "Dredging has £2.5 million and begins in May.",
    "The ferry is\ncounted as kept.",
]

SMALL = {
    "dataset": """
recorded_at: '2031-04-01T12:00:00+01:00'
licence: CC BY 4.0
attribution: The harbour watchers.
""",
    "strategy": """
slug: harbour-strategy
title: Harbour Strategy
publisher: harbour-board
published_on: 2030-02-01
stated_commitments: 3
citations:
  - {document: harbour-notice, paragraph: 1, figures: [three promises]}
themes:
  - {slug: water, title: Water, position: 1}
  - {slug: land, title: Land, position: 2}
""",
    "organisations": """
- {slug: harbour-board, name: Harbour Board, kind: AGENCY}
- {slug: river-trust, name: River Trust, kind: CHARITY}
- {slug: daily-tide, name: The Daily Tide, kind: MEDIA}
""",
    "documents": f"""
- slug: harbour-notice
  title: Notice on the strategy
  publisher: harbour-board
  published_on: '2030-02-01'
  kind: SEED
  file: notice.txt
  digests: {[hashlib.sha256(text.encode()).hexdigest()[:16] for text in PARAGRAPHS]}

- slug: tide-2030
  title: What became of the ferry
  publisher: daily-tide
  url: https://tide.example/ferry
  kind: RECORD
  note: Undated.
""",
    "areas": """
- slug: coast
  name: Coast
  kind: REGION
  code: Z12000001
  citations:
    - {document: tide-2030}

- slug: harbour
  name: Harbour
  kind: POLICE_FORCE_AREA
  code: Z23000001
  parent: coast
  organisations: [harbour-board]
  citations:
    - {document: tide-2030, locator: column 2}
""",
    "people": """
- {slug: ann-onymous, name: Ann Onymous}
""",
    "terms": """
- slug: dredging
  name: Dredging
  meaning: To take mud from the bed of a channel, so that ships can pass.
  citations:
    - {document: harbour-notice, paragraph: 2, figures: [Dredging]}
""",
    "commitments": """
- ref: H-1
  slug: dredging
  origin: STRATEGY
  theme: water
  identified: true
  title: Dredge the channel
  summary: To a depth that no source gives.
  leads: [harbour-board, river-trust]
  confidence: HIGH
  citations:
    - {document: harbour-notice, paragraph: 2, figures: [£2.5 million, May]}

- ref: H-2
  slug: ferry
  origin: STRATEGY
  theme: land
  identified: true
  title: Keep the ferry
  summary: Every day but Sunday.
  leads: [harbour-board]
  confidence: LOW
  citations:
    - {document: tide-2030, note: Lists it.}

- {ref: H-3, origin: STRATEGY, identified: false}

- ref: L-1
  slug: lights
  origin: LATER
  theme: water
  identified: true
  title: Light the pier
  summary: Announced a year on.
  confidence: MEDIUM
  citations:
    - {document: tide-2030}
""",
    "statuses": """
- commitment: H-1
  status: ANNOUNCED
  effective_on: '2030-02-01'
  voice: GOVERNMENT
  note: Promised.
  citation: {document: harbour-notice, paragraph: 2}

- commitment: H-1
  status: IN_PROGRESS
  effective_on: '2030-05'
  voice: MEDIA
  note: Dredgers seen.
  citation: {document: tide-2030}

- commitment: L-1
  status: DELIVERED
  effective_on: '2030'
  recorded_at: '2031-04-20T08:00:00Z'
  voice: MEDIA
  note: Lit.
  citation: {document: tide-2030}
""",
    "no_evidence": """
- commitment: H-2
  searched_on: 2031-03-31
  places: the board's minutes
""",
    "funds": """
- slug: dredging-south
  name: Dredging, south bank
  parent: dredging
  allocations:
    - recipient: river-trust
      note: Sum not read.
      citation: {document: tide-2030}

- slug: dredging
  name: Dredging money
  period: 2030/31
  commitments: [H-1]
  note: Half of it is not itemised.
  amounts:
    - amount: 2500000
      kind: ANNOUNCED
      bound: UP_TO
      stated_on: '2030-02'
      citation: {document: harbour-notice, paragraph: 2, figures: [£2.5 million]}
    - amount: '2400000.50'
      kind: RESTATED
      bound: ABOUT
      citation: {document: tide-2030}
  allocations:
    - recipient: river-trust
      amount: 1250000
      bound: EXACT
      period: 2030/31
      citation: {document: tide-2030}
  citations:
    - {document: tide-2030}
""",
    "events": """
- slug: first-dredger
  title: First dredger arrives
  kind: LAUNCH
  date: '2030-05'
  place: North bank
  area: harbour
  attendance_at_least: 40
  hosts: [harbour-board, river-trust]
  participants:
    - {name: Ann Onymous, role: Chair, person: ann-onymous, organisation: harbour-board}
    - {name: Pat Pilot}
  sectors: [shipping]
  topics: [dredging]
  commitments: [H-1]
  funds: [dredging]
  citations:
    - {document: tide-2030}

- slug: pier-party
  title: Pier party
  kind: OTHER
  date_note: No source says when.
  citations:
    - {document: tide-2030}
""",
    "discrepancies": """
- slug: dredging-sum
  question: How much is the dredging money?
  kind: AMOUNT
  subject: {type: fund, key: dredging}
  claims:
    - {document: harbour-notice, paragraph: 2, says: £2.5m, figures: [£2.5 million]}
    - {document: tide-2030, says: about £2.4m}
  state: OPEN
""",
}

# One of its statements of a sum, to be taken away.
RESTATEMENT = """\
    - amount: '2400000.50'
      kind: RESTATED
      bound: ABOUT
      citation: {document: tide-2030}
"""
