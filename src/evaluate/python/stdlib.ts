/**
 * Top-level modules of the standard library of Python 3.8 to 3.14. Source: `sys.stdlib_module_names` of 3.10 to 3.13 and
 * the "removed" and "new modules" parts of the "What's new" pages of 3.9, 3.10 and 3.14.
 */
const names: ReadonlySet<string> = new Set(
  (
    '__future__ _thread _collections_abc _io _socket _weakref _datetime _decimal _json abc aifc annotationlib ' +
    'antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect ' +
    'builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall ' +
    'compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses ' +
    'datetime dbm decimal difflib dis distutils doctest dummy_threading email encodings ensurepip enum errno ' +
    'faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc genericpath getopt getpass ' +
    'gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ' +
    'ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes ' +
    'mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator ' +
    'optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix ' +
    'posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re ' +
    'readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd ' +
    'smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string ' +
    'stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile ' +
    'termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty ' +
    'turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg ' +
    'winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo '
  )
    .trim()
    .split(' '),
)

/** Minor version of Python 3 that no longer has a module. */
const removed: Readonly<Record<string, number>> = {
  dummy_threading: 9, formatter: 10, parser: 10, symbol: 10, binhex: 11, asynchat: 12, asyncore: 12, distutils: 12,
  imp: 12, smtpd: 12, aifc: 13, audioop: 13, cgi: 13, cgitb: 13, chunk: 13, crypt: 13, imghdr: 13, lib2to3: 13,
  mailcap: 13, msilib: 13, nis: 13, nntplib: 13, ossaudiodev: 13, pipes: 13, sndhdr: 13, spwd: 13, sunau: 13,
  telnetlib: 13, uu: 13, xdrlib: 13,
} // biome-ignore format: a table

/** Minor version of Python 3 that first has a module. */
const added: Readonly<Record<string, number>> = {
  graphlib: 9,
  zoneinfo: 9,
  tomllib: 11,
  annotationlib: 14,
  compression: 14,
}

export function isStandard(name: string): boolean {
  return names.has(name)
}

export function removedIn(name: string): number | undefined {
  return Object.hasOwn(removed, name) ? removed[name] : undefined
}

export function addedIn(name: string): number | undefined {
  return Object.hasOwn(added, name) ? added[name] : undefined
}
