"""One request for a page: its parameters and moment, the query that it executes, and how it is rendered."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
import orjson
from anyio.to_thread import run_sync
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.charts.marks import sign_labels
from api.formatting import day, instant
from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import AS_OF, KNOWN_AT, Moment
from api.pages.citation import CITE, Citation, file_response
from api.pages.mistakes import report_url
from api.pages.structured import describe
from api.pages.terms import TermLinks
from api.query_files import query
from api.services import services
from api.urls import CanonicalRedirect, base_path, site_url

VARIABLE = re.compile(r"\$(\w+)")
# What an address cannot be without harm in the name of a file, or in a key of BibTeX.
UNSAFE = re.compile("[^A-Za-z0-9.]+", re.ASCII)
# Where the record does not say who keeps it.
AUTHOR = "Sixty-One contributors"


def known_variables(moment: Moment) -> JsonObject:
    """What the address states of when the record was known, as variables of a query; empty for the present record."""
    return {name: value for name, value in moment.variables.items() if name != AS_OF and value is not None}


def read_filter(params: QueryParams, *names: str) -> JsonObject:
    """The filter of a list by the parameters of these names, each a list, and by the words of a search."""
    filters: JsonObject = {name: values for name in names if (values := params.getlist(name))}
    return filters | ({"search": params["search"]} if "search" in params else {})


@dataclass
class PageRequest:
    """`params` are the parameters that the page reads; `layout` is the data around every page.

    `query` and `variables` are those that the page has executed.
    """

    client: InternalClient
    templates: jinja2.Environment
    request: Request
    moment: Moment
    params: QueryParams
    layout: JsonObject
    query: str = ""
    variables: JsonObject = field(default_factory=dict)

    def filters(self, *names: str) -> JsonObject:
        """The filter of a list by the parameters of these names, each a list, and by the words of a search."""
        return read_filter(self.params, *names)

    async def show(self, name: str) -> Response:
        """The page of the template of this name, which shows the data of the query of this name."""
        return await self.render(f"{name}.html", **await self.execute(name))

    async def show_list(self, name: str, filters: Collection[str]) -> Response:
        """The same with a filter by the parameters of these names."""
        condition = self.filters(*filters)
        return await self.render(
            f"{name}.html", **await self.execute(name, filter=condition), has_filters=bool(condition)
        )

    async def execute(self, name: str, **variables: object) -> JsonObject:
        """The data of the page's query, which the page prints, too.

        A variable that is not among these is the part of the path, or the parameter, of its name.
        """
        self.query = query(name)
        names = set(VARIABLE.findall(self.query))
        values = {**self.params, **self.moment.variables, **self.request.path_params, **variables}
        self.variables = {name: value for name, value in values.items() if name in names and value is not None}
        data = await self.client.execute(self.request, self.query, self.variables)
        for name, spelling in self.request.path_params.items():
            for node in data.values():
                if isinstance(node, dict) and (natural_key := str(node.get(name, spelling))) != spelling:
                    # People type slugs and refs: one spelling has the page, the others redirect to it.
                    raise CanonicalRedirect(self.request, spelling, natural_key)
        return data

    def until(self, items: Iterable[JsonObject], date: str, *, undated: bool) -> list[JsonObject]:
        """The items whose date is `asOf` or earlier, and if `undated` those without a date."""
        day = self.moment.as_of.isoformat()
        return [item for item in items if (item[date] <= day if item[date] else undated)]

    @cached_property
    def home(self) -> str:
        """The start of links within the site."""
        return base_path(self.request)

    def at(self, path: str, /, **parameters: object) -> str:
        """A path within the site that keeps the moment."""
        return self.home + self.moment.at(path, **parameters)

    def absolute(self, path: str, /, **parameters: object) -> str:
        """The same as a whole URL, for other sites."""
        return site_url(self.request) + self.moment.at(path, **parameters)

    @property
    def labels(self) -> dict[str, str]:
        """The words of each status, and of each sign of a mark."""
        return sign_labels(self.layout["statusDefinitions"])

    @property
    def author(self) -> str:
        """Who is cited: who keeps the record."""
        return self.layout["dataset"]["maintainer"] or AUTHOR

    @property
    def known(self) -> JsonObject:
        """By when, or at which revision, what is shown was known; by the last change where the address does not say."""
        return known_variables(self.moment) or {KNOWN_AT: self.layout["dataset"]["updatedAt"]}

    @property
    def rest(self) -> JsonObject:
        """The parameters of the page but for the places in its lists, which differ from moment to moment."""
        return {
            name: self.params.getlist(name)
            for name in self.params
            if name != CITE and not name.lower().endswith("after")
        }

    def address(self, **clocks: object) -> str:
        """The address of this page at another moment; that of today, if none is given."""
        pairs = {**self.rest, **{name: value for name, value in clocks.items() if value is not None}}
        path = self.home + self.request.url.path
        return f"{path}?{urlencode(pairs, doseq=True)}" if pairs else path

    def citation_url(self, **parameters: str) -> str:
        """The URL to cite: it states both clocks, so that it goes on to show what is shown now.

        It leads to the statement that the address names, if it names one.
        """
        others = {name: self.params.getlist(name) for name in self.params if name != CITE}
        mark = f"#{quote(self.params['statement'])}" if "statement" in self.params and not parameters else ""
        return self.pinned(self.request.url.path, others, parameters) + mark

    def pinned(self, path: str, before: JsonObject | None = None, after: JsonObject | None = None) -> str:
        """The URL of a path of the site that states both clocks, with other parameters before and after them."""
        pairs = {**(before or {}), AS_OF: self.moment.as_of.isoformat(), **self.known, **(after or {})}
        return f"{site_url(self.request)}{path}?{urlencode(pairs, doseq=True, safe=':')}"

    def citation(self, title: str, claim: str) -> Citation:
        """The citation of the page of this title, which claims this of the record."""
        dataset = self.layout["dataset"]
        issued = dt.datetime.fromisoformat(dataset["updatedAt"])
        revision, as_of = dataset["revision"], self.moment.as_of.isoformat()
        path = UNSAFE.sub("-", self.request.scope["path"].strip("/"))
        parts = ("sixty-one", path, self.params.get("statement", "").rstrip("="), as_of, f"r{revision}")
        return Citation(
            name="-".join(part for part in parts if part),
            author=self.author,
            title=title + claim,
            issued_on=issued.astimezone(dt.UTC).date(),
            accessed_on=self.client.clock.today(),
            url=self.citation_url(),
            revision=revision,
            note=f"As of {day(as_of)}, as known {instant(self.known_instant)} (revision {revision})",
        )

    @property
    def known_instant(self) -> str:
        return str(self.known.get(KNOWN_AT, self.layout["dataset"]["updatedAt"]))

    def wrong(self, about: str, anchor: str = "") -> str:
        """Where a mistake in a statement of this page is reported: the editors, or how to reach them."""
        dataset = self.layout["dataset"]
        if not dataset["contact"]:
            return f"{self.at('/about')}#wrong"
        address = f"{self.citation_url()}{f'#{anchor}' if anchor else ''}"
        return report_url(dataset["contact"], about, address, dataset["revision"])

    async def render(self, template: str, **data: Any) -> Response:
        text = await self.text(template, **data)
        if CITE in self.params:
            title, claim = map(unescape, orjson.loads(text))
            return file_response(self.params[CITE], self.citation(title, claim))
        return HTMLResponse(text)

    async def text(self, template: str, **data: Any) -> str:
        """The page as text. It is written on a thread: the first of a template takes a tenth of a second to compile."""
        return await run_sync(partial(self._write, template, data), limiter=services(self.request).renderers)

    def _write(self, template: str, data: Mapping[str, Any]) -> str:
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode()
        question = urlencode({"query": self.query, "variables": variables})
        return self.templates.get_template(template).render(
            **self.layout,
            **data,
            absolute=self.absolute,
            # A page that states when it was known is the same on every day.
            accessed_on=None if known_variables(self.moment) else self.client.clock.today(),
            answer_url=f"{self.home}/graphql?{question}",
            at=self.at,
            author=self.author,
            citation_url=self.citation_url,
            citing=CITE in self.params,
            defined=TermLinks(self.layout["terms"]["nodes"], self.at),
            editor_url=f"{self.home}/graphql#{question}",
            known=self.known_instant,
            labels=self.labels,
            moment=self.moment,
            params=self.params,
            path=self.request.url.path,
            query=self.query,
            rest=self.rest,
            schema_org=describe(template, site_url(self.request), self.layout, data),
            shows_past_record=bool(known_variables(self.moment)),
            site=site_url(self.request),
            today=self.moment.today,
            today_url=self.address(),
            until=self.until,
            variables=variables,
            wrong=self.wrong,
        )
