"""A read replica: whether it can be asked, may be read, and follows the primary."""

from sqlmodel import Session

from api.doctor.finding import Finding, State
from db import changes, dataset, diagnosis, failures, versions
from db.database import Database


def examine_replica(primary: Session, url: str, check: str) -> Finding:
    db = Database(url)
    address = db.engine.url.render_as_string(hide_password=True)
    try:
        with Session(db.engine) as session:
            state, text = _compare(primary, session)
    except failures.errors() as error:
        state, text = State.PROBLEM, failures.describe(error)
    finally:
        db.close()
    return Finding(check, state, f"{address}: {text}")


def _compare(primary: Session, replica: Session) -> tuple[State, str]:
    connection = replica.connection()
    if fault := diagnosis.missing_rights(connection) or versions.fault(connection):
        return State.PROBLEM, fault
    state, latest = dataset.state(replica), dataset.state(primary)
    if state is None or latest is None:
        return State.WARNING, "There is no data yet."
    if changes.state_at(replica, state[0]) != changes.state_at(primary, state[0]):
        return State.PROBLEM, "It follows another primary: its log is not that of ours."
    behind = latest[0] - state[0]
    return State.WARNING if behind else State.OK, f"revision {state[0]}, {behind} behind"
