"""Traces by OpenTelemetry: off and not imported unless a setting asks for them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.api.lite import ROOT
from tests.engines import seed_sqlite
from tests.server import serving

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = "b7ad6b7169203331"


def spans(text: str) -> list[dict[str, Any]]:
    decoder, found = json.JSONDecoder(), []
    while text := text.lstrip():
        span, end = decoder.raw_decode(text)
        found.append(span)
        text = text[end:]
    return found


def test_a_request_is_a_span_with_a_span_for_each_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
    with serving(seed_sqlite(tmp_path), traces=True) as api:
        api.http.headers["traceparent"] = f"00-{TRACE}-{CALLER}-01"
        api.ask("query Mine { commitments(first: 1) { nodes { ref leads { slug } } } }")
        assert api.http.get("/nowhere").status_code == 404
    found = spans(capsys.readouterr().err)
    [request] = [span for span in found if span["name"] == "POST /graphql"]
    # It is a part of the trace of the caller.
    assert (request["context"]["trace_id"], request["parent_id"]) == (f"0x{TRACE}", f"0x{CALLER}")
    assert request["attributes"]["graphql.operation"] == "query Mine"
    assert request["attributes"]["http.response.status_code"] == 200
    assert request["attributes"]["sixtyone.cost"] > 0
    assert request["resource"]["attributes"]["service.name"] == "sixtyone"
    statements = [span for span in found if span["parent_id"] == request["context"]["span_id"]]
    assert {span["name"] for span in statements} == {"SELECT"}
    assert "FROM commitment" in str(statements)
    [missing] = [span for span in found if span["name"] == "GET"]
    assert missing["attributes"]["sixtyone.codes"] == ["NOT_FOUND"]


def test_it_is_not_imported_without_the_setting() -> None:
    code = "import sys, api.app; from api.settings import Settings; api.app.create_app(Settings()); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "api.app" in result.stdout.split()
    assert [name for name in result.stdout.split() if name.startswith("opentelemetry")] == []
