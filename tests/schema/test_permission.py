"""Every mutation states the role that it takes, and a client without it writes nothing."""

import datetime as dt
from typing import Any

import pytest
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.utils.str_converters import to_camel_case

from db import tokens
from db.vocabulary import Role, Voice
from schema.mutation import Mutation
from schema.permission import RequireRole
from tests.corrections import VALID_AFTER
from tests.engines import REVISION
from tests.inputs import (
    EVERY_INPUT,
    SUCCESS,
    VALID_INPUTS,
    assert_unchanged,
    attempt,
    input_with,
    mutation,
    problems,
    submit,
    submit_valid,
)
from tests.server import GRAPHQL, Api
from tests.writable import WritableApi

pytestmark = pytest.mark.postgresql_in_full

ROLES = dict.fromkeys(EVERY_INPUT | VALID_AFTER, Role.EDITOR) | {
    "recordStatus": Role.CONTRIBUTOR,
    "addDocument": Role.CONTRIBUTOR,
}
VIEWER = "{ viewer { name roles voices organisation { slug } } }"
WRITE = 'mutation { addDocument(input: {slug: "quay-note", title: "Note"}) { __typename } }'
ADDRESSES = ("/graphql", "/graphql/stream")
ACCEPT = {"accept": f"{GRAPHQL}, text/event-stream"}


def test_every_mutation_says_which_role_it_takes() -> None:
    definition: StrawberryObjectDefinition = Mutation.__strawberry_definition__  # type: ignore[attr-defined]
    actual = {
        to_camel_case(field.python_name): [each.role for each in field.extensions if isinstance(each, RequireRole)]
        for field in definition.fields
    }
    assert actual == {name: [role] for name, role in ROLES.items()}


def test_the_public_writes_nothing(api_shared: WritableApi) -> None:
    with assert_unchanged(api_shared.database):
        for name, values in (EVERY_INPUT | VALID_AFTER).items():
            response = api_shared.public.send(mutation(name), {"input": values})
            body = response.json()
            [error] = body["errors"]
            assert (response.status_code, body["data"], error["path"]) == (200, {name: None}, [name])
            assert error["extensions"] == {"code": "UNAUTHENTICATED"}
        # Nor does it learn what is wrong with what it sends.
        assert attempt(api_shared.public, "link", input_with("link", {"fund": "nothing", "reason": "<b>"})) == [
            "UNAUTHENTICATED"
        ]


@pytest.mark.parametrize("through", ["", "... on Mutation ", "...Changes ", "t: __typename ...Changes "])
def test_the_public_is_refused_before_its_input_is_read(api_shared: WritableApi, through: str) -> None:
    """Only a client that may write gets the errors of an unreadable input."""
    change = "c: recordStatus(input: $input) { __typename }"
    with_fragment = through.endswith("...Changes ")
    query = "mutation ($input: RecordStatusInput!) { " + (
        through if with_fragment else f"{through}{{ {change} }}" if through else change
    )
    query += f" }} fragment Changes on Mutation {{ {change} }}" if with_fragment else " }"
    for values in ({"input": {"status": 1}}, {"input": "x" * 300}, {}):
        response = api_shared.public.send(query, values)
        [error] = response.json()["errors"]
        assert (response.status_code, response.json()["data"].pop("c"), error["path"]) == (200, None, ["c"])
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}
        stream_response = api_shared.public.http.post(
            "/graphql/stream", json={"query": query, "variables": values}, headers={"accept": "text/event-stream"}
        )
        assert '"code":"UNAUTHENTICATED"' in stream_response.text
        assert set(api_shared.editor.codes(query, **values)) == {"BAD_USER_INPUT"}


def test_the_public_may_ask_what_a_mutation_is(api_shared: WritableApi) -> None:
    assert api_shared.public.ask("mutation { __typename }") == {"__typename": "Mutation"}
    fragments = " ".join(f"fragment F{n} on Mutation {{ ...F{n + 1} ...F{n + 1} }}" for n in range(3))
    query = f"mutation {{ ...F0 }} {fragments} fragment F3 on Mutation {{ __typename }}"
    assert api_shared.public.ask(query) == {"__typename": "Mutation"}


def test_a_contributor_writes_what_a_contributor_may(api_writable: WritableApi) -> None:
    refusals = []
    for name, role in ROLES.items():
        answer = submit(api_writable.contributor, name, (EVERY_INPUT | VALID_AFTER)[name])
        if role is Role.CONTRIBUTOR:
            assert answer["__typename"] == SUCCESS[name]
            continue
        refusals.append(name)
        assert answer == {
            "__typename": "Rejected",
            "problems": [
                {
                    "code": "NOT_ALLOWED",
                    "message": "This takes the token of an editor.",
                    "path": [],
                    "existing": None,
                }
            ],
        }
    assert attempt(api_writable.contributor, "link", input_with("link", {"fund": "nothing"})) == ["NOT_ALLOWED"]
    assert api_writable.public.ask("{ dataset { revision } }") == {
        "dataset": {"revision": REVISION + len(ROLES) - len(refusals)}
    }


def test_a_token_writes_only_in_its_own_voices(api_shared: WritableApi) -> None:
    mute = api_shared.client(api_shared.token(Role.EDITOR))
    values = input_with("recordStatus", {"voice": "GOVERNMENT"})
    as_before = {field: VALID_INPUTS["correctStatus"][field] for field in ("statusUpdate", "reason", "note")}
    with assert_unchanged(api_shared.database):
        answer = submit(api_shared.contributor, "recordStatus", values)
        assert answer["problems"] == [
            {
                "code": "NOT_ALLOWED",
                "message": "Your token does not speak for GOVERNMENT.",
                "path": ["voice"],
                "existing": None,
            }
        ]
        # An editor has voices, too; and a correction speaks in the voice of what it corrects, unless it says otherwise.
        assert attempt(mute, "recordStatus", VALID_INPUTS["recordStatus"]) == ["NOT_ALLOWED voice"]
        assert attempt(mute, "correctStatus", as_before) == ["NOT_ALLOWED voice"]
    mute.http.close()


def test_no_mutation_is_made_by_get(api_shared: WritableApi) -> None:
    token = api_shared.editor.http.headers["authorization"]
    with assert_unchanged(api_shared.database):
        for headers in ({}, {"authorization": token}):
            response = api_shared.public.http.get("/graphql", params={"query": WRITE}, headers={**ACCEPT, **headers})
            assert (response.status_code, response.headers["allow"]) == (405, "POST")
            assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "METHOD_NOT_ALLOWED"}]
            stream_response = api_shared.public.http.get(
                "/graphql/stream", params={"query": WRITE}, headers={**ACCEPT, **headers}
            )
            assert '"code":"METHOD_NOT_ALLOWED"' in stream_response.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_form_of_another_page_writes_even_with_a_token(api_shared: WritableApi, address: str) -> None:
    forms: list[dict[str, Any]] = [
        {"data": {"query": WRITE}},
        {"files": {"query": ("query", WRITE)}},
        {"json": {"query": WRITE}, "headers": {"content-type": "text/plain"}},
        {"json": {"query": WRITE}, "headers": {"content-type": "application/json; charset=latin-1"}},
        {"content": f'{{"query":"{WRITE}"}}'.encode(), "headers": {"content-type": ""}},
    ]
    with assert_unchanged(api_shared.database):
        for form in forms:
            response = api_shared.editor.http.post(
                address, **{**form, "headers": {**ACCEPT, **form.get("headers", {})}}
            )
            assert response.status_code == 415
            assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "UNSUPPORTED_MEDIA_TYPE"}]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_that_is_not_good_is_never_taken_for_the_public(api_shared: WritableApi, address: str) -> None:
    good = api_shared.editor.http.headers["authorization"].removeprefix("Bearer ")
    expired_token, revoked_token = api_shared.token(Role.EDITOR, days=1), api_shared.token(Role.EDITOR)
    with api_shared.database.transaction() as session:
        assert tokens.revoke(session, tokens.with_organisations(session)[-1][0].id, api_shared.clock())
    api_shared.clock.now += dt.timedelta(days=1)
    bad = {
        "unknown": [f"Bearer sxo_{'a' * 43}"],
        "expired": [f"Bearer {expired_token}"],
        "revoked": [f"Bearer {revoked_token}"],
        "misspelt": [f"Bearer {good[:-1]}{'a' if good[-1] != 'a' else 'b'}"],
        "cut": [f"Bearer {good[:-1]}"],
        "longer": [f"Bearer {good}a"],
        "of another service": ["Bearer ghp_" + "a" * 36],
        "without its scheme": [good],
        "of another scheme": [f"Token {good}"],
        "doubled": [f"Bearer {good}"] * 2,
        "doubled in one": [f"Bearer {good}, Bearer {good}"],
        "a scheme alone": ["Bearer"],
        "what a script writes for none": ["Bearer undefined"],
        "beside another": ["Basic RWQ6SXRvcg==", f"Bearer {good}"],
    }
    with assert_unchanged(api_shared.database):
        for fault, values in bad.items():
            headers = [*ACCEPT.items(), *(("authorization", value) for value in values)]
            for method, query in (("GET", VIEWER), ("GET", WRITE), ("POST", VIEWER), ("POST", WRITE)):
                options: Any = {"params": {"query": query}} if method == "GET" else {"json": {"query": query}}
                response = api_shared.public.http.request(method, address, headers=headers, **options)
                assert (fault, response.status_code) == (fault, 401)
                assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'
                assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "UNAUTHENTICATED"}]
                assert good not in response.text
    # As a question of the editor's own it is still good.
    assert api_shared.editor.ask("{ viewer { name } }") == {"viewer": {"name": "Ed Itor"}}


def test_a_viewer_is_the_principal_of_the_token(api_shared: WritableApi) -> None:
    assert api_shared.public.ask(VIEWER) == {"viewer": None}
    assert api_shared.contributor.ask(VIEWER)["viewer"] == {
        "name": "Con Tributor",
        "roles": ["CONTRIBUTOR"],
        "voices": ["PARLIAMENT", "MEDIA"],
        "organisation": None,
    }
    assert api_shared.editor.ask(VIEWER)["viewer"] == {
        "name": "Ed Itor",
        "roles": ["CONTRIBUTOR", "EDITOR"],
        "voices": [voice.value for voice in Voice],
        "organisation": None,
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_one_is_answered_is_never_kept_for_another(api_shared: WritableApi, method: str) -> None:
    def ask(api: Api, **headers: str) -> Any:
        values: Any = {"params": {"query": VIEWER}} if method == "GET" else {"json": {"query": VIEWER}}
        return api.http.request(method, "/graphql", headers={"accept": GRAPHQL, **headers}, **values)

    name = {api_shared.public: None, api_shared.contributor: "Con Tributor", api_shared.editor: "Ed Itor"}
    clients = [
        api_shared.editor,
        *[api_shared.public] * 3,
        api_shared.contributor,
        api_shared.editor,
        api_shared.public,
        api_shared.editor,
    ]
    for api in clients:
        response = ask(api)
        viewer = response.json()["data"]["viewer"]
        assert (viewer and viewer["name"]) == name[api]
        if api is not api_shared.public:
            assert response.headers["cache-control"] == "no-store"
            assert "etag" not in response.headers
    tag = ask(api_shared.public).headers.get("etag", '"x"')
    assert ask(api_shared.editor, **{"if-none-match": tag}).status_code == 200
    if method == "GET":
        assert ask(api_shared.public, **{"if-none-match": tag}).status_code == 304
        assert "Authorization" in ask(api_shared.public).headers["vary"].split(", ")


def test_a_good_token_writes_at_either_address(api_writable: WritableApi) -> None:
    assert submit_valid(api_writable.editor, "addFund")["change"]["revision"] == REVISION + 1
    response = api_writable.editor.http.post("/graphql/stream", json={"query": WRITE}, headers=ACCEPT)
    assert '{"data":{"addDocument":{"__typename":"DocumentAdded"}}}' in response.text
    assert problems(submit(api_writable.editor, "addDocument", {"slug": "quay-note", "title": "Note"})) == [
        "DUPLICATE slug"
    ]
