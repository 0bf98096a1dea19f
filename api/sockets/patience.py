"""Clients that do not take what is sent to them."""

import asyncio

import structlog

from api.sockets.capacity import Capacity

log = structlog.get_logger()
# What is held for a client that is told why it is hung up on. One that leaves more is not told.
HELD = 1_048_576
# A client is taking, if slowly, while it leaves no more than this part of what was held for it.
LEFT = 0.75


class Patience:
    """Hangs up on a client that has not taken what was sent for a while, and would keep us holding it for as long."""

    # In seconds; set by the server, as is the capacity.
    patience = 10.0
    capacity: Capacity
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    client: tuple[str, int] | None
    timer: asyncio.TimerHandle | None = None
    unsent = 0
    # Whether it counts as one of the connections that there may be.
    counted = False

    @property
    def host(self) -> str | None:
        return self.client[0] if self.client else None

    def pause_writing(self) -> None:
        super().pause_writing()  # type: ignore[misc]
        self._wait()

    def resume_writing(self) -> None:
        super().resume_writing()  # type: ignore[misc]
        self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        if self.counted:
            self.counted = False
            self.capacity.give_back(self.host)
        super().connection_lost(exc)  # type: ignore[misc]

    def look_after(self) -> None:
        """Called every second. What closes waits for what is unsent to be taken, which may be for ever."""
        if self.timer is None and self.transport.is_closing():
            self._wait()

    def hang_up(self) -> None:
        """Says why, for when it reads on; and does not wait for that for ever."""
        unsent = self.transport.get_write_buffer_size()
        if unsent <= self.unsent * LEFT:
            self._wait()
            return
        # One line for each, as for a request.
        log.info("slow_client", client=self.host, unsent=unsent)
        if self.transport.is_closing() or unsent > HELD:
            self.transport.abort()
            return
        self.timer = self.loop.call_later(self.patience, self.transport.abort)
        self.say_why()
        self.transport.close()

    def say_why(self) -> None:
        raise NotImplementedError

    def _wait(self) -> None:
        self._forget()
        self.unsent = self.transport.get_write_buffer_size()
        self.timer = self.loop.call_later(self.patience, self.hang_up)

    def _forget(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
