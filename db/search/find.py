"""Looks for the words of a question in every kind of row, and ranks what has them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from sqlmodel import Session

from db.search.engines import Engine, engine, is_prefix
from db.search.kinds import KINDS, Kind
from db.search.statement import statement
from db.text import TITLE, fold, split_words
from db.vocabulary import SearchKind

# The most different words of one question.
WORDS = 20
# How many rows of a kind are looked at; and where there are more, how many again: with every word in the title, with
# every word, and with each word that few of the rows have, so that none is missed that is in few.
FIRST_LOOK, SECOND_LOOK = 180, 120
MOST = FIRST_LOOK + SECOND_LOOK
# Without a limit of all.
EVERY = 10_000
# In letters: a shorter word with an s at its end is rarely a plural.
LONGEST_WHOLE = 4
# The words that a question is made with, whatever it is about. They are looked for where there is no other word.
QUESTION_WORDS = frozenset((
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "did", "do",
    "does", "for", "from", "get", "gets", "give", "given", "go", "goes", "got", "had", "has", "have", "how", "i",
    "in", "is", "it", "its", "many", "me", "much", "of", "on", "or", "so", "than", "that", "the", "their", "there",
    "they", "this", "to", "was", "we", "went", "were", "what", "when", "where", "which", "who", "whom", "whose",
    "why", "will", "with", "you",
))  # fmt: skip


@dataclass(slots=True)
class Match:
    """A row that has some of the words; as bits of a number, those in its title and those anywhere."""

    id: int
    title: int = 0
    words: int = 0
    order: str = ""
    key: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the best first, and whether that is all."""

    kind: SearchKind
    ids: list[int]
    is_complete: bool
    score: float


@dataclass(frozen=True)
class Found:
    words: list[str]
    # Those that no row has.
    unknown: list[str]
    # That of the best row first; those without a row last.
    groups: list[Group]


@dataclass
class Look:
    """The rows of one kind that were looked at."""

    kind: Kind
    matches: dict[int, Match] = field(default_factory=dict)
    is_complete: bool = True


def question_words(question: str) -> list[str]:
    """The different words of a question, as the index has them."""
    words = list(dict.fromkeys(map(_stem, split_words(fold(question)))))
    return [word for word in words if word not in QUESTION_WORDS] or words


def _stem(word: str) -> str:
    """A word that may be a plural, without its ending: words are found by how they begin, so it finds both."""
    if len(word) > LONGEST_WHOLE and word.endswith("s") and not word.endswith("ss"):
        return word.removesuffix("ies") if word.endswith("ies") else word.removesuffix("s")
    return word


def find(session: Session, words: Sequence[str]) -> Found:
    """The rows that have some of the words, of which there are at most `WORDS`.

    One statement looks for them, and another one where a kind has more of them than are looked at.
    """
    looks = {place: Look(kind) for place, kind in enumerate(KINDS)}
    sql = engine(session.get_bind().dialect.name)
    if words:
        if sql.before:
            session.connection().exec_driver_sql(sql.before)
        _look(session, sql, looks, words, [sql.question(words)], FIRST_LOOK, FIRST_LOOK)
        if rest := {place: look for place, look in looks.items() if not look.is_complete}:
            # A word that is in none of these rows is in few, if in any.
            seen = dict(zip(words, _numbers(looks, len(words)), strict=True))
            common = [word for word, number in seen.items() if number]
            questions = [sql.question([TITLE + word for word in common], every=True)]
            if len(words) > 1:
                rare = [word for word, number in seen.items() if number < FIRST_LOOK]
                questions += [sql.question(common, every=True), *(sql.question([word]) for word in rare)]
            _look(session, sql, rest, words, questions, SECOND_LOOK // len(questions), EVERY)
    numbers = _numbers(looks, len(words))
    total = sum(len(look.matches) for look in looks.values())
    weights = [log(1 + total / number) if number else 0.0 for number in numbers]
    groups = [_rank(look, words, weights) for look in looks.values()]
    return Found(
        words=list(words),
        unknown=[word for word, number in zip(words, numbers, strict=True) if not number],
        groups=sorted(groups, key=lambda group: -group.score),
    )


def _look(
    session: Session, sql: Engine, looks: dict[int, Look], words: Sequence[str], questions: Sequence[str], most: int,
    every: int,
) -> None:  # fmt: skip
    text = statement(session.get_bind().dialect.name, tuple(looks), len(questions), len(words))
    params: dict[str, object] = {"most": most, "every": every}
    params |= {f"question_{number}": question for number, question in enumerate(questions)}
    for number, word in enumerate(words):
        end = "" if is_prefix(word) else " "
        params |= {f"word_{number}": f" {word}{end}", f"title_{number}": f" {TITLE}{word}{end}"}
    for place, id, title, anywhere, order, key in session.connection().exec_driver_sql(text, params).all():
        if id is None:
            looks[place].is_complete = False
            continue
        matches = looks[place].matches
        match = matches.get(id)
        if match is None:
            match = matches[id] = Match(id)
        match.title |= title
        match.words |= anywhere
        if key is not None:
            match.order, match.key = order or "", key


def _numbers(looks: dict[int, Look], words: int) -> list[int]:
    """How many of the rows that were looked at have each word."""
    masks = Counter(match.words for look in looks.values() for match in look.matches.values())
    return [sum(number for mask, number in masks.items() if mask >> place & 1) for place in range(words)]


def _rank(look: Look, words: Sequence[str], weights: Sequence[float]) -> Group:
    """The rows by the weight of their words: a word weighs more in fewer rows, and twice as much in a title."""
    # In one number or in several.
    own = sum(1 << place for place, word in enumerate(words) if word.removesuffix("s") in look.kind.names)
    different = {(match.words, match.title) for match in look.matches.values()}
    scores_of = {(bits, title): _score(bits | own, title | own, weights) for bits, title in different}
    scores = {id: scores_of[match.words, match.title] for id, match in look.matches.items()}
    ranked = sorted(look.matches.values(), key=lambda match: match.key)
    ranked.sort(key=lambda match: match.order, reverse=look.kind.descending)
    ranked.sort(key=lambda match: -scores[match.id])
    best = scores[ranked[0].id] if ranked else 0.0
    return Group(look.kind.name, [match.id for match in ranked], look.is_complete, best)


def _score(words: int, title: int, weights: Sequence[float]) -> float:
    return sum(weight * ((words >> place & 1) + (title >> place & 1)) for place, weight in enumerate(weights))
