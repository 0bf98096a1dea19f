"""The folder of this process for files that it makes. Folders of processes that were killed are removed."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = ".sixty-one-making-"
MISSING = "There is no folder for temporary files, which downloads need: let TMPDIR name one that can be written to."


class TemporaryFolder:
    """It holds a lock on its folder, by which other processes see that the folder is in use."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.lock = -1

    def path(self) -> Path:
        """The folder, which is made at the first use, and again if something has removed it. Raises OSError."""
        if self.folder is None or not os.access(self.folder, os.W_OK | os.X_OK):
            self.close()
            self._open()
        assert self.folder is not None
        return self.folder

    def fault(self) -> str | None:
        try:
            self.path()
        except OSError:
            return MISSING
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
            # Another process may sweep right now, hold the lock and remove the folder.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(lock), folder.stat()):
                raise FileNotFoundError(folder)
        except OSError:
            os.close(lock)
            raise
        self.folder, self.lock = folder, lock


def sweep(base: Path) -> None:
    """Removes the folders of processes that have ended: their locks are free."""
    for folder in base.glob(f"{PREFIX}*"):
        # A link, and a folder of another user or one in use, raises and stays.
        with contextlib.suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid == os.getuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
            finally:
                os.close(lock)
