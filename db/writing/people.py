"""The people at events: adding one where an event names them, correcting the name, and withdrawing."""

from db.models import Change, Person
from db.vocabulary import ProblemCode
from db.writing.base import Draft
from db.writing.corrections import Correction, log_correction, set_values
from db.writing.inputs import Input, Line, Slug
from db.writing.sources import Deferred
from db.writing.withdrawals import Withdrawal, Withdrawn, log_withdrawal, remove, require_free


class PersonInput(Input):
    slug: Slug
    name: Line | None = None


class CorrectPersonInput(Correction):
    person: Slug
    name: Line | None = None


class WithdrawPersonInput(Withdrawal):
    person: Slug


def resolve_person(draft: Draft, data: PersonInput | None, *path: str) -> Deferred[Person] | None:
    """The person, or how to add them; a problem if they do not exist and are not named."""
    if data is None or data.slug is None:
        return None
    slug, name = data.slug, data.name
    existing = draft.by_key(Person, slug)
    if existing is not None:
        if name not in (None, existing.name):
            message = f"{slug!r} is {existing.name}. To mean that person, give the slug alone."
            draft.problem(ProblemCode.CONFLICT, message, *path, "name", existing=existing)
        return lambda: existing
    if name is not None:
        draft.note_new("person", slug, {"name": name}, *path, "name")
        draft.require_free_name(Person, slug, *path, "slug")
    elif ("person", slug) not in draft.new_rows:
        if draft.is_valid(*path):
            message = f"There is no person {slug!r}. To add one, give the name."
            draft.problem(ProblemCode.NOT_FOUND, message, *path, "slug")
        return None
    # The input may name them in another place than this one.
    return lambda: draft.by_key(Person, slug) or draft.add(Person(slug=slug, **draft.new_rows["person", slug]))


def correct_person(draft: Draft, data: CorrectPersonInput) -> tuple[Person, Change]:
    data.check(draft)
    person = draft.find(Person, data.person, "person")
    draft.raise_if_rejected()
    assert person
    set_values(draft, person, data.given("name"))
    return person, log_correction(draft, data, f"The person {person.slug}", person, person)


def withdraw_person(draft: Draft, data: WithdrawPersonInput) -> Withdrawn:
    person = draft.find(Person, data.person, "person")
    if person:
        require_free(draft, person, "person")
    draft.raise_if_rejected()
    assert person
    remove(draft, person)
    return {}, log_withdrawal(draft, data, f"The person {person.slug}, {person.name},", person)
