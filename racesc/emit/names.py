"""The naming pass: what the user's names are called inside an emitted package.

A name keeps its spelling unless Python, the file system or a neighbour has it already;
then underscores are added: an environment `class` lives in `envs/class_.py`. Public
names (`load("class")`) never change.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Hashable, Iterable
from keyword import kwlist, softkwlist

# A file's name, a constant and a variable stay short enough for every file system and
# for one line of code.
LONGEST_MODULE = 60
LONGEST_CONSTANT = 48
LONGEST_VARIABLE = 32

KEYWORDS = frozenset(kwlist)
BUILTINS = frozenset(dir(builtins))

# Names that no module of a package may have: Python's own files, what `from __future__`
# brings along, and devices of Windows.
MODULES = (
    KEYWORDS
    | {"__init__", "__main__", "__pycache__", "annotations", "conftest"}
    | {"con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)

# Python's own modules: a package of such a name could not be imported, or would stand in
# their way. (Listed, because `sys.stdlib_module_names` changes with the version.)
STANDARD = frozenset(
    """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore
    atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi
    cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
    compression concurrent configparser contextlib contextvars copy copyreg crypt
    csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest
    email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput
    fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob
    graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
    importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale
    logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib
    msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode
    operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd
    py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
    reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex
    shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3
    sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
    subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib
    tempfile termios textwrap this threading time timeit tkinter token tokenize
    tomllib trace traceback tracemalloc tty turtle turtledemo types typing
    unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg
    winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
    """.split()
)

# Names that a variable of readable code may not have.
VARIABLES = KEYWORDS | BUILTINS | frozenset(softkwlist)


class Names:
    """Names given out in one place; each key has one, and no two keys the same."""

    def __init__(self, taken: Iterable[str] = (), longest: int = 255) -> None:
        self.taken = set(taken)
        self.longest = longest
        self.given: dict[Hashable, str] = {}

    def give(self, key: Hashable, wanted: str) -> str:
        """The name of a key: ``wanted``, or as near to it as is free."""
        if key not in self.given:
            name = wanted[: self.longest]
            while name in self.taken:
                name += "_"
            self.taken.add(name)
            self.given[key] = name
        return self.given[key]


def modules(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Public names -> the names of their modules in one folder."""
    given = Names(MODULES.union(taken), LONGEST_MODULE)
    return {name: given.give(name, _identifier(name)) for name in names}


def constants(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Public names -> the constants that hold them in one module."""
    given = Names(taken, LONGEST_CONSTANT)
    return {name: given.give(name, name.upper()) for name in names}


def _identifier(name: str) -> str:
    """A name that Python takes, from one that may be a file's (`my-words`)."""
    spelled = re.sub(r"[^0-9A-Za-z_]", "_", name)
    return f"_{spelled}" if not spelled or spelled[0].isdigit() else spelled
