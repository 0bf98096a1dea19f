"""The questions to start from, in the folder `questions`: each a query under its name and its description."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "questions"
COMMENT = "# "


@dataclass(frozen=True)
class Question:
    """`id` is the name of its file without its place: what a link to it names."""

    id: str
    name: str
    description: str
    query: str


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8").strip()
    name, description, query = text.split("\n", 2)
    _, _, id = path.stem.partition("-")
    return Question(id, name.removeprefix(COMMENT), description.removeprefix(COMMENT), query)


QUESTIONS = [_read(path) for path in sorted(FOLDER.glob("*.graphql"))]
