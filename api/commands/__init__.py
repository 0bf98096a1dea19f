"""The commands of `sixtyone`."""

import os

# The process that started this one. It may have ended before a command is imported, which takes a second.
PARENT = os.getppid()
