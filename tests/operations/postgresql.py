"""Debian's PostgreSQL: clusters that a test can stop, start and copy."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests.engines import memory_folder
from tests.operations.programs import port, run, user
from tests.optional import skip_or_fail
from tests.waiting import until

# Every user is trusted but `stranger`, who has a password.
TRUST = """
host all stranger 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host replication all 127.0.0.1/32 trust
"""


def find_program(name: str) -> Path:
    """A program of the newest version."""
    results = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not results:
        skip_or_fail("PostgreSQL is not installed")
    return results[-1]


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = port()
        self.names = (f"t{number}" for number in itertools.count())
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make(self, *options: str) -> None:
        run(find_program("initdb"), "--username=postgres", "--no-sync", *options, self.data, user=user())
        (self.data / "pg_hba.conf").write_text(TRUST)

    def start(self) -> None:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": 100,
            # A standby whose primary is started again notices soon.
            "wal_retrieve_retry_interval": 100,
        }
        command: list[str | Path] = [find_program("postgres"), "-D", self.data]
        command += [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, user=user(), cwd="/", stdout=log, stderr=log)
        until(self._answers)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Fast, which ends every connection."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(180)
            self.process = None

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def database(self, options: str = "") -> str:
        """The name of an empty one."""
        name = next(self.names)
        self.execute(f"CREATE DATABASE {name} {options}")
        return name

    def url(self, database: str, user: str = "postgres", **options: str) -> str:
        query = f"?{urlencode(options)}" if options else ""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}{query}"

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """A running one; `options` are those of initdb."""
    with clusters() as folder:
        instance = Cluster(folder)
        instance.make(*options)
        instance.start()
        try:
            yield instance
        finally:
            instance.stop(signal.SIGQUIT)


@contextmanager
def copy(source: Cluster, *options: str) -> Iterator[Cluster]:
    """A running one with all that another one has; `options` are those of pg_basebackup."""
    with clusters() as folder:
        instance = Cluster(folder)
        options = ("--no-sync", "--checkpoint=fast", f"--dbname={source.url('postgres')}", *options)
        run(find_program("pg_basebackup"), *options, "--pgdata", instance.data, user=user())
        instance.start()
        try:
            yield instance
        finally:
            # At once: what it holds is deleted next.
            instance.stop(signal.SIGQUIT)


def standby(primary: Cluster) -> AbstractContextManager[Cluster]:
    """A copy that follows a cluster, and can only be read."""
    return copy(primary, "--write-recovery-conf")


@contextmanager
def clusters() -> Iterator[Path]:
    """A folder for one, not in pytest's, because root has to hand it to another user."""
    folder = Path(tempfile.mkdtemp(prefix="sixty-one-", dir=memory_folder()))
    try:
        if name := user():
            shutil.chown(folder, name, name)
            os.chmod(folder, 0o755)
        yield folder
    finally:
        shutil.rmtree(folder)
