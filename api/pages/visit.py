"""One request for a page: what it asks about, what it asked, and how it is shown."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import jinja2
import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.internal_client import InternalClient
from api.moment import AS_OF, KNOWN_AT, Moment
from api.pages.query import query
from api.urls import CanonicalRedirect, base_path, site_url
from db.formatting import instant_text

VARIABLE = re.compile(r"\$(\w+)")


class Visit:
    def __init__(
        self,
        client: InternalClient,
        templates: jinja2.Environment,
        request: Request,
        moment: Moment,
        given: QueryParams,
        frame: Mapping[str, Any],
    ) -> None:
        """`given` are the parameters that the page knows; `frame` is what stands around every page."""
        self.client = client
        self.templates = templates
        self.request = request
        self.moment = moment
        self.given = given
        self.frame = frame
        self.query = ""
        self.variables: dict[str, Any] = {}

    async def ask(self, name: str, **variables: Any) -> dict[str, Any]:
        """Asks the query of the page, which the page shows, too."""
        self.query = query(name)
        wanted = set(VARIABLE.findall(self.query))
        given = {**self.moment.variables, **variables}
        self.variables = {name: value for name, value in given.items() if name in wanted and value is not None}
        told = await self.client.execute(self.request, self.query, self.variables)
        for name, given in self.request.path_params.items():
            for node in told.values():
                if isinstance(node, dict) and (written := str(node.get(name, given))) != given:
                    # Names are typed by hand: this is the one that everything else goes by.
                    raise CanonicalRedirect(self.request, given, written)
        return told

    @property
    def past(self) -> bool:
        """Whether the day that is asked about is over."""
        return self.moment.as_of < self.moment.today

    def until(self, items: Iterable[Mapping[str, Any]], date: str, *, undated: bool) -> list[Mapping[str, Any]]:
        """Those of the day that is asked about or earlier, and if `undated` those that no source dates."""
        day = self.moment.as_of.isoformat()
        return [item for item in items if (item[date] <= day if item[date] else undated)]

    @property
    def statuses(self) -> list[str]:
        """In the order in which they are listed everywhere."""
        return [one["status"] for one in self.frame["statusDefinitions"]]

    def at(self, path: str, /, **parameters: Any) -> str:
        """An address within the site that keeps the moment."""
        return base_path(self.request) + self._at(path, **parameters)

    def outside(self, path: str, /, **parameters: Any) -> str:
        """The same for whoever reads it on another site."""
        return site_url(self.request) + self._at(path, **parameters)

    def _at(self, path: str, /, **parameters: Any) -> str:
        given = [*((name, value) for name, value in parameters.items() if value is not None), *self.moment.params]
        path, mark, place = path.partition("#")
        return f"{path}?{urlencode(given, doseq=True)}{mark}{place}" if given else f"{path}{mark}{place}"

    def cited(self, *, held: bool) -> str:
        """The address to cite: `held` by both clocks to what is shown now, or of the record as it stands."""
        clocks = dict(self.moment.params)
        if held:
            known = instant_text(self.moment.known_at) if self.moment.known_at else self.frame["dataset"]["updatedAt"]
            clocks = {AS_OF: self.moment.as_of.isoformat(), KNOWN_AT: known}
        rest = {name: self.given.getlist(name) for name in self.given}
        query = urlencode({**rest, **clocks}, doseq=True, safe=":")
        return f"{site_url(self.request)}{self.request.url.path}{'?' if query else ''}{query}"

    def show(self, template: str, *, held: bool = False, **shown: Any) -> Response:
        """`held` is a page whose chief matter has both clocks, so that its citation can hold it to them."""
        home, path = base_path(self.request), self.request.url.path
        rest = {name: self.given.getlist(name) for name in self.given if name != "after"}
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode()
        question = urlencode({"query": self.query, "variables": variables})
        text = self.templates.get_template(template).render(
            **self.frame,
            **shown,
            answer=f"{home}/graphql?{question}",
            at=self.at,
            editor=f"{home}/graphql#{question}",
            given=self.given,
            labels={one["status"]: one["label"] for one in self.frame["statusDefinitions"]},
            moment=self.moment,
            now=f"{home}{path}?{urlencode(rest, doseq=True)}" if rest else home + path,
            outside=self.outside,
            past=self.past,
            path=path,
            held=held,
            cited=self.cited(held=held),
            query=self.query,
            rest=rest,
            site=site_url(self.request),
            today=self.moment.today,
            variables=variables,
        )
        return HTMLResponse(text)
