"""All looks at an installation, in the order in which one explains the next."""

import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from pydantic import ValidationError

from api.database_settings import PREFIX
from api.doctor.address import examine_address
from api.doctor.database import examine_database
from api.doctor.files import examine_files
from api.doctor.finding import Finding, State
from api.doctor.machine import examine_machine
from api.settings import Settings
from db.clock import Clock, now


def examine(environment: Mapping[str, str]) -> Iterator[Finding]:
    yield Finding("version", State.OK, f"{version('sixty-one')}, on Python {platform.python_version()}")
    names = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in names:
            yield Finding("settings", State.WARNING, f"{name} is no setting, and nobody reads it.")
    try:
        settings = Settings()
    except ValidationError as error:
        # Without the values, among which are passwords.
        for problem in error.errors():
            name = f"{PREFIX}{problem['loc'][0]}".upper()
            yield Finding("settings", State.PROBLEM, f"{name}: {problem['msg'].removeprefix('Value error, ')}")
        return
    given = sorted(names & {name.upper() for name in environment})
    yield Finding("settings", State.OK, f"set: {', '.join(given) or 'none'}")
    yield from examine_files(settings)
    yield from examine_database(settings)
    today = Clock(now, settings.zone).today()
    yield Finding("time zone", State.OK, f"{settings.time_zone}, where it is {today}")
    yield from examine_machine(settings)
    yield from examine_address(settings)
