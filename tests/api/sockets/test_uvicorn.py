"""The names of uvicorn that our protocols use, although it does not document them."""

import inspect
from importlib.metadata import version

import pytest
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from api.sockets import UVICORN

HTTP, CYCLE = httptools_impl.HttpToolsProtocol, httptools_impl.RequestResponseCycle


def test_the_version_is_the_one_whose_protocols_were_read() -> None:
    assert version("uvicorn").startswith(f"{UVICORN}."), "Read the protocols again, then change api/sockets."


@pytest.mark.parametrize(
    ("kind", "methods", "attributes"),
    [
        (
            HTTP,
            "connection_made connection_lost data_received pause_writing resume_writing on_message_begin"
            " on_headers_complete on_body on_message_complete handle_websocket_upgrade _should_upgrade"
            " _start_asgi_task _unset_keepalive_if_required",
            "parser cycle pipeline flow headers url expect_100_continue transport client server_state loop",
        ),
        (
            CYCLE,
            "send run_asgi",
            "scope transport flow more_body keep_alive disconnected message_event response_started response_complete"
            " chunked_encoding expected_content_length waiting_for_100_continue default_headers on_response",
        ),
        (FlowControl, "pause_reading resume_reading drain", "read_paused write_paused"),
        (
            WebSocketsSansIOProtocol,
            "connection_made connection_lost data_received pause_writing resume_writing receive send handle_connect"
            " handle_events shutdown stop_keepalive",
            "conn queue frames writable read_paused handshake_complete close_sent disconnected transport client loop"
            " response scope",
        ),
    ],
)
def test_every_name_that_is_used_is_there(kind: type, methods: str, attributes: str) -> None:
    source = inspect.getsource(kind)
    assert [name for name in methods.split() if not callable(getattr(kind, name, None))] == []
    assert [name for name in attributes.split() if f"self.{name}" not in source] == []
    assert httptools_impl.STATUS_LINE[200] == b"HTTP/1.1 200 OK\r\n"
