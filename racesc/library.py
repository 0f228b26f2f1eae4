"""Where modules come from: beside the file that uses them, then the standard library.

The library reads nothing itself: it is given a function from a path to a ``Source``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from racesc.source import Source


@dataclass
class Library:
    """Modules by name or path.

    ``read`` gives the source at a path, or None where there is no such file;
    ``standard`` is the standard library's folder, ``names`` its modules' names;
    ``why`` says why a file that is there could not be read, None where that is
    reported already.
    """

    read: Callable[[str], Source | None]
    standard: str
    names: tuple[str, ...] = ()
    why: Callable[[str], str | None] = lambda path: ""
    _known: dict[str, Source | None] = field(default_factory=dict, repr=False)

    def find(self, name: str, directory: str) -> Source | None:
        """Module ``name`` as seen from a file in ``directory``."""
        for folder in (directory, self.standard):
            source = self.at(posixpath.join(folder, f"{name}.races"))
            if source is not None:
                return source
        return None

    def at(self, path: str) -> Source | None:
        """The module in the file at ``path``."""
        path = posixpath.normpath(path)
        if path not in self._known:
            self._known[path] = self.read(path)
        return self._known[path]

    def searched(self, name: str, directory: str) -> tuple[str, ...]:
        """The places in which ``find`` looks, for messages."""
        return (
            posixpath.normpath(posixpath.join(directory, f"{name}.races")),
            f"{name} in the standard library",
        )
