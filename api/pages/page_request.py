"""One request for a page: its parameters and moment, the query that it executes, and how it is rendered."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import jinja2
import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.internal_client import InternalClient
from api.json_types import JsonObject
from api.moment import AS_OF, KNOWN_AT, Moment
from api.query_files import query
from api.urls import CanonicalRedirect, base_path, site_url
from db.formatting import instant_text

VARIABLE = re.compile(r"\$(\w+)")


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
        filters: JsonObject = {name: values for name in names if (values := self.params.getlist(name))}
        return filters | ({"search": self.params["search"]} if "search" in self.params else {})

    async def show(self, name: str) -> Response:
        """The page of the template of this name, which shows the data of the query of this name."""
        return self.render(f"{name}.html", **await self.execute(name))

    async def show_list(self, name: str, filters: Collection[str]) -> Response:
        """The same with a filter by the parameters of these names."""
        condition = self.filters(*filters)
        return self.render(f"{name}.html", **await self.execute(name, filter=condition), has_filters=bool(condition))

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

    def at(self, path: str, /, **parameters: object) -> str:
        """A path within the site that keeps the moment."""
        return base_path(self.request) + self._at(path, **parameters)

    def absolute(self, path: str, /, **parameters: object) -> str:
        """The same as a whole URL, for other sites."""
        return site_url(self.request) + self._at(path, **parameters)

    def _at(self, path: str, /, **parameters: object) -> str:
        pairs = [*((name, value) for name, value in parameters.items() if value is not None), *self.moment.params]
        path, mark, fragment = path.partition("#")
        return f"{path}?{urlencode(pairs, doseq=True)}{mark}{fragment}" if pairs else f"{path}{mark}{fragment}"

    def citation_url(self, *, both_clocks: bool) -> str:
        """The URL to cite. With `both_clocks` it holds the moment shown; without, it shows the record as it stands."""
        clocks = dict(self.moment.params)
        if both_clocks:
            known = instant_text(self.moment.known_at) if self.moment.known_at else self.layout["dataset"]["updatedAt"]
            clocks = {AS_OF: self.moment.as_of.isoformat(), KNOWN_AT: known}
        others = {name: self.params.getlist(name) for name in self.params}
        query = urlencode({**others, **clocks}, doseq=True, safe=":")
        return f"{site_url(self.request)}{self.request.url.path}{'?' if query else ''}{query}"

    def render(self, template: str, *, both_clocks: bool = False, **data: object) -> Response:
        """The page. `both_clocks` marks one whose main content follows both, so that its citation can hold them."""
        home, path = base_path(self.request), self.request.url.path
        rest = {name: self.params.getlist(name) for name in self.params if name != "after"}
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode()
        question = urlencode({"query": self.query, "variables": variables})
        text = self.templates.get_template(template).render(
            **self.layout,
            **data,
            absolute=self.absolute,
            answer_url=f"{home}/graphql?{question}",
            at=self.at,
            both_clocks=both_clocks,
            citation_url=self.citation_url(both_clocks=both_clocks),
            editor_url=f"{home}/graphql#{question}",
            labels={definition["status"]: definition["label"] for definition in self.layout["statusDefinitions"]},
            moment=self.moment,
            params=self.params,
            path=path,
            query=self.query,
            rest=rest,
            site=site_url(self.request),
            today=self.moment.today,
            today_url=f"{home}{path}?{urlencode(rest, doseq=True)}" if rest else home + path,
            until=self.until,
            variables=variables,
        )
        return HTMLResponse(text)
