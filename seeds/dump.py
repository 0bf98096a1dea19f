"""Writes YAML in the form of the reviewed files: a blank line between rows, short mappings and lists on one line."""

from collections.abc import Mapping, Sequence

import yaml

# libyaml's emitter is ten times quicker; not every platform has it.
Base: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Line(dict[str, object]):
    """A mapping that is written in flow style."""


class Dumper(Base):  # type: ignore[valid-type, misc]
    def ignore_aliases(self, data: object) -> bool:
        # The format has no aliases, so an equal value in two places appears twice.
        return True


def _line(dumper: yaml.SafeDumper, data: Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _list(dumper: yaml.SafeDumper, data: list[object]) -> yaml.Node:
    is_flow = all(isinstance(item, str) for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=is_flow)


Dumper.add_representer(Line, _line)
Dumper.add_representer(list, _list)


def rows(items: Sequence[Mapping[str, object]]) -> str:
    return "\n".join(single([item]) for item in items) or "[]\n"


def single(item: object) -> str:
    text: str = yaml.dump(item, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)
    return text
