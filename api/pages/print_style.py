"""The style of the margins of a printed page, which name the day and the revision: a style sheet of each moment."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.conditional import cache_control
from api.moment import read_moment
from api.response_cache import require_data
from api.revision import new_reader
from api.urls import site_url
from db.clock import Clock
from db.formatting import day_text
from db.vocabulary import DatePrecision

STYLE = """@page {{
  @bottom-left {{ content: "Sixty-One, {host}, as of {day}, revision {revision}"; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }}
}}
"""


def route(clock: Clock) -> Route:
    async def print_style(request: Request) -> Response:
        moment = await read_moment(new_reader(request), request.query_params, clock)
        state, _ = await require_data(request, clock)
        revision, _ = moment.state or state
        # The host of a request is its client's own text.
        host = "".join(character for character in site_url(request) if character.isalnum() or character in ":/.-[]")
        text = STYLE.format(host=host, day=day_text(moment.as_of, DatePrecision.DAY), revision=revision)
        return Response(text, media_type="text/css", headers={"cache-control": cache_control(lasts=moment.lasts)})

    return Route("/print.css", print_style)
