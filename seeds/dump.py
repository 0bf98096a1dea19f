"""Writes YAML as the files of the format have it: a row after the other, short mappings and lists on one line."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

# libyaml's emitter is ten times quicker; not every platform has it.
Base: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Line(dict[str, Any]):
    """A mapping on one line, or as few as it fills."""


class Dumper(Base):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        # The same value in two places is written twice: the format knows no references of YAML's own.
        return True


def _line(dumper: Any, data: Line) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _list(dumper: Any, data: list[Any]) -> Any:
    short = all(isinstance(item, str) for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)


Dumper.add_representer(Line, _line)
Dumper.add_representer(list, _list)


def rows(items: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_dump([item]) for item in items) or "[]\n"


def single(item: Mapping[str, Any]) -> str:
    return _dump(item)


def _dump(value: Any) -> str:
    written: str = yaml.dump(
        value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False
    )
    return written
