"""Debian's PgBouncer in transaction mode: each transaction may get another connection to the server."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.operations.postgresql import Cluster, clusters
from tests.operations.programs import listens, port, program, running, user
from tests.waiting import until

SETTINGS = """[databases]
* = host=127.0.0.1 port={server} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
"""


@contextmanager
def serving_pooler(cluster: Cluster, size: int = 3) -> Iterator[int]:
    """The port of a pooler in front of a cluster, with as many connections to each database."""
    binary = program("pgbouncer")
    with clusters() as folder:
        number = port()
        settings = folder / "pgbouncer.ini"
        settings.write_text(SETTINGS.format(server=cluster.port, port=number, size=size), encoding="utf-8")
        with running([binary, settings], folder / "log", user()) as process:
            until(lambda: listens(number))
            yield number
            process.send_signal(signal.SIGTERM)
            process.wait(180)
