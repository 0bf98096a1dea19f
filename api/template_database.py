"""A file of SQLite with reviewed files in it, which takes seconds to make, and is therefore made once and copied.

It lies in the user's folder for caches, under a digest of all that it is made of: code, files and libraries. What has
changed has another digest, so no copy is out of date.
"""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from db.database import Database
from seeds.digest import digest

# A file that nobody has copied for so long is removed.
KEEP_SECONDS = 30 * 86_400


def copy(data: Path, path: Path) -> None:
    """Puts a database with the files of a folder there. Raises `SeedError` where they are broken."""
    name = digest(data)
    if name is None:
        _make(data, path)
        return
    template = _cache() / f"{name}.db"
    try:
        shutil.copyfile(template, path)
        os.utime(template)
    except OSError:
        _make(data, path)
        # Without a folder for caches, each copy is made anew.
        with contextlib.suppress(OSError):
            _store(path, template)


def _make(data: Path, path: Path) -> None:
    # They take a fifth of a second to import, which a copy does without.
    from db import migrate  # noqa: PLC0415
    from seeds import files, loader  # noqa: PLC0415

    folder = files.read(data)
    db = Database(f"sqlite:///{path}")
    try:
        migrate.upgrade(db)
        # Not at the present instant: the same files make the same record.
        loader.load_folder(db, folder, now=folder.latest)
    finally:
        db.close()


def _store(path: Path, template: Path) -> None:
    template.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in template.parent.glob("*.db"):
        if file.stat().st_mtime < time.time() - KEEP_SECONDS:
            file.unlink(missing_ok=True)
    # Another process sees the whole file or none.
    with tempfile.TemporaryDirectory(dir=template.parent) as folder:
        shutil.copyfile(path, Path(folder) / template.name)
        os.replace(Path(folder) / template.name, template)


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "sixty-one"
