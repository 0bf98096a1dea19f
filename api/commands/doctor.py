"""`sixtyone doctor`: what is wrong with this installation, or will be."""

import json
import os
from dataclasses import asdict
from typing import Annotated

import typer

from api.doctor.examination import examine
from api.doctor.finding import State

app = typer.Typer()


@app.command()
def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Look at settings, database, clock, disk and proxies, and change nothing; 1 if there is a problem."""
    findings = []
    for finding in examine(os.environ):
        findings.append(finding)
        # As it is found: a database that does not answer takes its time.
        if not as_json:
            typer.echo(f"{finding.state:<8} {finding.check:<16} {finding.text}")
    is_healthy = all(finding.state is not State.PROBLEM for finding in findings)
    if as_json:
        typer.echo(json.dumps({"healthy": is_healthy, "findings": [asdict(finding) for finding in findings]}, indent=2))
    if not is_healthy:
        raise typer.Exit(1)
