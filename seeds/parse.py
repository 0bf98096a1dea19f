"""YAML, and no more of it than the files need: what YAML leaves open in silence is a problem here.

Built from the parser's events, because its own composer follows any depth of nesting until the process is killed.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

import yaml

from seeds.errors import SeedProblems

MAX_BYTES = 50_000_000
MAX_DEPTH = 10
# Of a file; and how many values all its rows may have together. An honest file of the largest size has fewer.
MAX_ROWS = 100_000
MAX_VALUES = 2_000_000
# Of a value. Those of a row have bounds of their own; the log has lists in one value.
MAX_CHARACTERS = 500_000
# YAML has numbers by the sixties, in octal, with no end and with underscores. None of them is meant where it stands.
NUMBERS = {
    "tag:yaml.org,2002:int": re.compile("[-+]?(0|[1-9][0-9]{0,39})"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?[0-9]{1,20}\.[0-9]{0,20}"),
}
# The library compares each of them with all that stand before it.
DIRECTIVE = re.compile("^%", re.MULTILINE)
PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
END = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
# libyaml's parser is ten times quicker; not every platform has it.
Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Raw:
    line: int
    value: object


class Loader(Base):  # type: ignore[valid-type, misc]
    """Reads a date as the text that was written: the rows know better which dates there are."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for letter, resolvers in Base.yaml_implicit_resolvers.items()
    }


class TooMuch(Exception):
    """Nothing more is read of the file. Carries the line, and what is too much."""

    def __init__(self, event: yaml.Event, reason: str) -> None:
        super().__init__(_line(event), reason)
        self.line, self.reason = _line(event), reason


class Parser:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = SeedProblems()
        self.values = 0

    def rows(self, content: bytes, *, single: bool) -> list[Raw]:
        """The rows of a file; the file itself is the row where it holds a single one."""
        try:
            text = content.decode("utf-8-sig")
            if found := DIRECTIVE.search(text):
                return self._refuse(f"line {text.count(chr(10), 0, found.start()) + 1}", "has a directive")
            self.loader = Loader(text)
            return self._document(single=single)
        except UnicodeDecodeError:
            return self._refuse("", "is not UTF-8")
        except TooMuch as error:
            return self._refuse(f"line {error.line}", f"cannot be read: {error.reason}")
        except yaml.YAMLError as error:
            return self._refuse(*_told(error))

    def _document(self, *, single: bool) -> list[Raw]:
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        rows = []
        if single:
            if not isinstance(event, yaml.MappingStartEvent):
                return self._refuse("", "should be keys and values")
            rows.append(Raw(_line(event), self._build(event, 1)))
        else:
            if not isinstance(event, yaml.SequenceStartEvent):
                return self._refuse("", "should be a list; without rows, write []")
            while not isinstance(event := self._next(), END):
                if len(rows) == MAX_ROWS:
                    raise TooMuch(event, f"there are more than {MAX_ROWS:,} rows")
                rows.append(Raw(_line(event), self._build(event, 1)))
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            return self._refuse("", "holds more than one document")
        return rows

    def _build(self, event: yaml.Event, depth: int) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            raise TooMuch(event, f"there are more than {MAX_VALUES:,} values")
        if isinstance(event, yaml.AliasEvent):
            return self._note(event, "uses an alias; write it out")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            # Nothing more is read: finding the end of the nest could take for ever.
            raise TooMuch(event, "nested too deeply")
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := self._next(), END):
                items.append(self._build(item, depth + 1))
            return items
        built: dict[str, object] = {}
        while not isinstance(key := self._next(), END):
            name = self._build(key, depth + 1)
            value = self._build(self._next(), depth + 1)
            if not isinstance(name, str):
                self._note(key, "has a key that is not plain text")
            elif name in built:
                self._note(key, f"has the key {name[:80]!r} twice")
            else:
                built[name] = value
        return built

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        if len(event.value) > MAX_CHARACTERS:
            return self._note(event, f"has a value of more than {MAX_CHARACTERS:,} characters")
        tag = event.tag or self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag not in PLAIN:
            return self._note(event, f"has the tag {tag[:80]}")
        if tag in NUMBERS and not NUMBERS[tag].fullmatch(event.value) and event.tag is None:
            return self._note(event, f"{event.value[:40]!r} is no plain number; put text in quotes")
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, LookupError):
            return self._note(event, f"{event.value[:40]!r} is not what its tag says")

    def _next(self) -> yaml.Event:
        event: yaml.Event = self.loader.get_event()
        return event

    def _note(self, event: yaml.Event, reason: str) -> object:
        """Stands in for the value that could not be built, so that what follows is read too."""
        self.problems.note(self.file, f"line {_line(event)}", reason)
        return None

    def _refuse(self, row: str, reason: str) -> list[Raw]:
        self.problems.note(self.file, row, reason)
        return []


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _told(error: yaml.YAMLError) -> tuple[str, str]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}", f"cannot be read: {error.problem}"
    return "", f"cannot be read: {' '.join(str(error).split())}"
