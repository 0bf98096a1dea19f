"""Reads the part of YAML that the format needs; anything else, such as an alias, is a problem.

PyYAML rather than ruamel.yaml: libyaml's events come ten times quicker than those of a parser in Python, and neither
library bounds what it builds. So the rows are built here from the events, with bounds on depth, rows, values and
lengths; PyYAML's own composer follows any depth of nesting until the process is killed.
"""

import re
from typing import ClassVar

import yaml

from seeds.errors import SeedProblems

MAX_DEPTH = 10
# Of a file. The values are those of all rows together; our largest file has far fewer.
MAX_ROWS = 100_000
MAX_VALUES = 2_000_000
# Of a value. The fields of a row have smaller bounds; a value of the log may be a whole list.
MAX_CHARACTERS = 500_000
# YAML also has sexagesimal and octal numbers, infinities and underscores, which people write by mistake.
NUMBERS = {
    "tag:yaml.org,2002:int": re.compile("[-+]?(0|[1-9][0-9]{0,39})"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?[0-9]{1,20}\.[0-9]{0,20}"),
}
# The time that PyYAML takes for directives grows with the square of their number.
DIRECTIVE = re.compile("^%", re.MULTILINE)
TEXT = "tag:yaml.org,2002:str"
PLAIN = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
END = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
# Not every platform has libyaml.
Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# The line of a row and its value.
ParsedRow = tuple[int, object]


class Loader(Base):  # type: ignore[valid-type, misc]
    """Leaves dates as text; the types of the rows check them."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for letter, resolvers in Base.yaml_implicit_resolvers.items()
    }


class BoundExceeded(Exception):
    """Stops the reading of the file. Carries the line and the reason."""

    def __init__(self, event: yaml.Event, reason: str) -> None:
        super().__init__(_line(event), reason)
        self.line, self.reason = _line(event), reason


class Parser:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = SeedProblems()
        self.values = 0

    def rows(self, content: bytes, *, single: bool) -> list[ParsedRow]:
        """The rows of a file; the file itself is the row where it holds a single one."""
        try:
            text = content.decode("utf-8-sig")
            if directive := DIRECTIVE.search(text):
                return self._reject(f"line {text.count(chr(10), 0, directive.start()) + 1}", "has a directive")
            self.loader = Loader(text)
            return self._document(single=single)
        except UnicodeDecodeError:
            return self._reject("", "is not UTF-8")
        except BoundExceeded as error:
            return self._reject(f"line {error.line}", f"cannot be read: {error.reason}")
        except yaml.YAMLError as error:
            return self._reject(*_problem(error))

    def _document(self, *, single: bool) -> list[ParsedRow]:
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        rows = []
        if single:
            if not isinstance(event, yaml.MappingStartEvent):
                return self._reject("", "should be keys and values")
            rows.append((_line(event), self._build(event, 1)))
        else:
            if not isinstance(event, yaml.SequenceStartEvent):
                return self._reject("", "should be a list; without rows, write []")
            while not isinstance(event := self._next(), END):
                if len(rows) == MAX_ROWS:
                    raise BoundExceeded(event, f"there are more than {MAX_ROWS:,} rows")
                rows.append((_line(event), self._build(event, 1)))
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            return self._reject("", "holds more than one document")
        return rows

    def _build(self, event: yaml.Event, depth: int) -> object:
        self.values += 1
        if self.values > MAX_VALUES:
            raise BoundExceeded(event, f"there are more than {MAX_VALUES:,} values")
        if isinstance(event, yaml.AliasEvent):
            return self._note(event, "uses an alias; write it out")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            # Reading on to the end of the nest would take as long as the file is large.
            raise BoundExceeded(event, "nested too deeply")
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := self._next(), END):
                items.append(self._build(item, depth + 1))
            return items
        mapping: dict[str, object] = {}
        while not isinstance(key := self._next(), END):
            name = self._build(key, depth + 1)
            value = self._build(self._next(), depth + 1)
            if not isinstance(name, str):
                self._note(key, "has a key that is not plain text")
            elif name in mapping:
                self._note(key, f"has the key {name[:80]!r} twice")
            else:
                mapping[name] = value
        return mapping

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        if len(event.value) > MAX_CHARACTERS:
            return self._note(event, f"has a value of more than {MAX_CHARACTERS:,} characters")
        tag = event.tag or self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag not in PLAIN:
            return self._note(event, f"has the tag {tag[:80]}")
        if tag == TEXT:
            return event.value
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
        """Returns a value in place of the broken one, so that the rest of the file is checked too."""
        self.problems.note(self.file, f"line {_line(event)}", reason)
        return None

    def _reject(self, row: str, reason: str) -> list[ParsedRow]:
        self.problems.note(self.file, row, reason)
        return []


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


def _problem(error: yaml.YAMLError) -> tuple[str, str]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}", f"cannot be read: {error.problem}"
    return "", f"cannot be read: {' '.join(str(error).split())}"
