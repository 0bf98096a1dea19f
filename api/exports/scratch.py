"""A folder of our own for files in the making. What a process that was killed has left in its own is taken away."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = ".sixty-one-making-"
MISSING = "There is no folder for temporary files, which downloads need: let TMPDIR name one that can be written to."


class NoFolder(Exception):
    """There is nowhere to make a file."""

    def __init__(self) -> None:
        super().__init__(MISSING)


class Scratch:
    """It has a lock on its folder for as long as it lives, by which the others can tell that it does."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.lock = -1

    def path(self) -> Path:
        """The folder, made anew where somebody has tidied it away. Raises `NoFolder`."""
        if self.folder is None or not os.access(self.folder, os.W_OK | os.X_OK):
            self.close()
            try:
                self._open()
            except OSError as error:
                raise NoFolder from error
        assert self.folder is not None
        return self.folder

    def fault(self) -> str | None:
        try:
            self.path()
        except NoFolder as error:
            return str(error)
        return None

    def close(self) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            os.close(self.lock)
            self.folder = None

    def _open(self) -> None:
        sweep(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # Another process that sweeps may hold it for a moment, and take the folder away: then there is none yet.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(lock), folder.stat()):
                raise FileNotFoundError(folder)
        except OSError:
            os.close(lock)
            raise
        self.folder, self.lock = folder, lock


def sweep(base: Path) -> None:
    """Takes away the folders of processes that are no more: nobody holds their locks."""
    for folder in base.glob(f"{PREFIX}*"):
        # What is somebody else's, or a link, cannot be opened so, or is in use: it stays.
        with contextlib.suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid == os.getuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
            finally:
                os.close(lock)
