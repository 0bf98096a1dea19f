"""What every page has in common: how it is asked for, shown, kept, and refused."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlencode

import jinja2
import orjson
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.addresses import page_of, site
from api.answers import Answers, Edition
from api.asking import Public
from api.errors import on_http_error
from api.moment import AS_OF, KNOWN_AT, Moment, moment
from api.pages import assets, words
from api.pages.query import query
from db import dataset
from schema.scalars import write_instant

HERE = Path(__file__).resolve().parent.parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
VARIABLE = re.compile(r"\$(\w+)")
TITLES = {400: "That cannot be asked", 404: "There is nothing here", 500: "Something went wrong on our side"}


class Visit:
    """One request for a page."""

    def __init__(self, site: "Site", request: Request, moment: Moment, frame: Mapping[str, Any]) -> None:
        self.site = site
        self.request = request
        self.moment = moment
        self.frame = frame
        self.query = ""
        self.variables: dict[str, Any] = {}

    async def ask(self, name: str, **variables: Any) -> dict[str, Any]:
        """Asks the query of the page, which the page shows, too."""
        self.query = query(name)
        wanted = set(VARIABLE.findall(self.query))
        given = {**self.moment.variables, **variables}
        self.variables = {name: value for name, value in given.items() if name in wanted and value is not None}
        return await self.site.public.ask(self.request, self.query, self.variables)

    @property
    def given(self) -> QueryParams:
        """The parameters of the address, filters among them by the names that they have in the API."""
        return self.request.query_params

    def words(self, name: str) -> list[str]:
        """What a filter is set to; the empty word of a form says that it is not."""
        return [value for value in self.given.getlist(name) if value.strip()]

    def word(self, name: str) -> str | None:
        return next(iter(self.words(name)), None)

    def until(self, items: Iterable[Mapping[str, Any]], date: str = "date") -> list[Mapping[str, Any]]:
        """Those that no source dates later than the day that is asked about."""
        return [item for item in items if not item[date] or item[date] <= self.moment.as_of.isoformat()]

    def permanent(self, *, known: bool) -> str:
        """The address of the page as it is shown now, with the second clock where it has a say."""
        clocks = {AS_OF: self.moment.as_of.isoformat()}
        if known:
            at = self.moment.known_at
            clocks[KNOWN_AT] = write_instant(at) if at else self.frame["dataset"]["updatedAt"]
        return f"{site(self.request)}{self.request.url.path}?{urlencode(clocks, safe=':')}"

    @property
    def statuses(self) -> list[str]:
        """In the order in which they are listed everywhere."""
        return [one["status"] for one in self.frame["statusDefinitions"]]

    def at(self, path: str, **parameters: Any) -> str:
        """An address within the site that keeps the moment."""
        given = [*((name, value) for name, value in parameters.items() if value is not None), *self.moment.written]
        return f"{path}?{urlencode(given, doseq=True)}" if given else path

    def outside(self, path: str, **parameters: Any) -> str:
        """The same for whoever reads it on another site."""
        return site(self.request) + self.at(path, **parameters)

    def show(self, template: str, **shown: Any) -> Response:
        path = self.request.url.path
        rest = {name: self.given.getlist(name) for name in self.given if name not in (AS_OF, KNOWN_AT, "after")}
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode()
        text = self.site.templates.get_template(template).render(
            **self.frame,
            **shown,
            at=self.at,
            outside=self.outside,
            labels={one["status"]: one["label"] for one in self.frame["statusDefinitions"]},
            moment=self.moment,
            today=self.site.public.clock().date(),
            site=site(self.request),
            path=path,
            now=f"{path}?{urlencode(rest, doseq=True)}" if rest else path,
            rest=rest,
            given=self.given,
            query=self.query,
            editor=f"/graphql#{urlencode({'query': self.query, 'variables': variables})}",
            answer=f"/graphql?{urlencode({'query': self.query, 'variables': variables})}",
            variables=variables,
        )
        return HTMLResponse(text)


Show: TypeAlias = Callable[[Visit], Awaitable[Response]]


class Site:
    """The pages of one application."""

    def __init__(self, public: Public, answers: Answers) -> None:
        self.public = public
        self.answers = answers
        self.frame: tuple[Edition, dict[str, Any]] | None = None
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=words.finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.templates.filters.update(words.FILTERS)
        self.templates.globals.update(page_of=page_of, style=assets.STYLE, script=assets.SCRIPT, icon=assets.ICON)

    def page(self, show: Show, policy: str = POLICY) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a page."""

        async def endpoint(request: Request) -> Response:
            try:
                response = await self.answered(request, show)
            except HTTPException as error:
                response = await self.refusal(request, error)
            response.headers["content-security-policy"] = policy
            response.headers["referrer-policy"] = "strict-origin-when-cross-origin"
            return response

        return endpoint

    async def answered(self, request: Request, show: Show) -> Response:
        """The page as it was shown before, or anew. Raises 503 as long as there is no data."""
        edition = await self.edition(request)
        if edition[0] is None:
            raise HTTPException(503, "No data is loaded yet.")
        question = ("page", site(request), request.url.path, request.scope["query_string"])
        if kept := self.answers.find(edition, question):
            return kept.response(request)
        before = self.answers.edition
        visit = Visit(self, request, moment(request.query_params, edition[1]), await self.framed(request, edition))
        shown = await show(visit)
        return self.answers.keep(before, await self.edition(request), question, shown).response(request)

    async def edition(self, request: Request) -> Edition:
        return await request.state.db.read(dataset.revision), self.public.clock().date()

    async def framed(self, request: Request, edition: Edition) -> dict[str, Any]:
        """What stands around every page. It is asked once an edition."""
        if self.frame is None or self.frame[0] != edition:
            self.frame = edition, await self.public.ask(request, query("frame"))
        return self.frame[1]

    async def missing(self, request: Request, error: Exception) -> Response:
        """Nothing is there: told to a person on a page, and to a program as every other error."""
        response = await on_http_error(request, error)
        if response.status_code != 404 or "text/html" not in request.headers.get("accept", ""):
            return response
        page = await self.refusal(request, HTTPException(404, f"There is nothing at {request.url.path}."))
        page.headers["content-security-policy"] = POLICY
        return page

    async def refusal(self, request: Request, error: HTTPException) -> Response:
        title = TITLES.get(error.status_code, "This cannot be shown")
        text = self.templates.get_template("refusal.html").render(title=title, message=error.detail)
        return HTMLResponse(text, error.status_code, headers=error.headers)
