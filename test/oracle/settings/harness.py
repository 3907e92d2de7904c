"""Imports a settings module, one fresh process per environment, and says what every UPPERCASE name became.

Reads one JSON request per line on stdin and answers each with one JSON line on stdout:

    {"module", "cwd", "path": [...], "argv": [...], "env": {...}, "stubs": [...], "hidden": [...],
     "overlays": [...], "timeout", "root", "entry"?: {"script" | "module"}}
    -> {"ok": true, "names": {...}} | {"ok": false, "crash": {...}}, both with "reads", "stubbed", "python"

With an `entry` (manage.py, the module of a server, Celery's) that is run first, up to where Django would read its settings;
the module is then what DJANGO_SETTINGS_MODULE says by that time, and stands in "module" (null: nothing set it).

`stubs` are top-level modules that get a permissive stand-in; `hidden` ones are refused to the project (but not
to real packages), as if they were not installed. `overlays` go before site-packages.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import re
import resource
import select
import signal
import sys
import time
import traceback

HERE = os.path.abspath(__file__)


class StubObject:
    """Answers everything, and remembers what it was asked: `pkg.mod.Name(...)`."""

    def __init__(self, path):
        object.__setattr__(self, "_stub_path", path)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StubObject(f"{self._stub_path}.{name}")

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __call__(self, *args, **kwargs):
        return StubObject(f"{self._stub_path}()")

    def __mro_entries__(self, bases):
        return (type(self._stub_path.rpartition(".")[2].strip("()") or "Stub", (), {"__module__": self._stub_path}),)

    def __iter__(self):
        return iter(())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


class StubModule(type(sys)):
    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StubObject(f"{self.__name__}.{name}")


class Stubs(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names):
        self.names = set(names)
        self.used = set()

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in self.names:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        self.used.add(spec.name.partition(".")[0])
        module = StubModule(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


def calling_file(root):
    """The file of the innermost frame that is no import machinery and not this file."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith("<frozen importlib") and file != HERE and os.sep + "importlib" + os.sep not in file:
            return file
        frame = frame.f_back
    return root + "/?"


class Gate(importlib.abc.MetaPathFinder):
    """The ordinary path finder, blind for the project to what its dependencies do not install."""

    def __init__(self, hidden, root):
        self.hidden = set(hidden)
        self.root = root

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.hidden and calling_file(self.root).startswith(self.root + "/"):
            return None
        return importlib.machinery.PathFinder.find_spec(name, path, target)


def recording_environment(root, reads):
    """Turns os.environ into one that notes which variables the project, or a library on its behalf, asks for."""

    readers = ("environ", "environs", "decouple", "dotenv", "dj_database_url", "django_heroku", "django_on_heroku")
    readers += ("configurations", "split_settings", "os", "collections", "__main__")

    def note(name):
        if not isinstance(name, str):
            return
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename.startswith(root + "/"):
                if name not in reads:
                    reads.append(name)
                return
            if frame.f_globals.get("__name__", "").partition(".")[0] not in readers:
                return
            frame = frame.f_back

    class Recording(type(os.environ)):
        def __getitem__(self, key):
            note(key)
            return super().__getitem__(key)

        def __contains__(self, key):
            note(key)
            return super().__contains__(key)

    os.environ.__class__ = Recording


def promise(value):
    """What a lazy object of Django wraps: (function's name, arguments)."""
    try:
        func, args = value.__reduce__()[1][:2]
        return func.__name__, args
    except Exception:
        return "?", ()


def encode(value, outer=()):
    if id(value) in outer:
        return {"$cycle": True}
    if len(outer) > 60:
        return {"$object": "too-deep"}
    inner = (*outer, id(value))
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is re.Pattern:
        return {"$pattern": value.pattern}
    if value is Ellipsis:
        return {"$ellipsis": True}
    if isinstance(value, StubObject):
        return {"$stub": value._stub_path}
    if isinstance(value, StubModule):
        return {"$stub": value.__name__}
    if isinstance(value, str):
        return str.__str__(value) if kind is not str else value
    if isinstance(value, int):
        plain = int(value)
        return plain if abs(plain) < 2**53 else {"$int": str(plain)}
    if isinstance(value, float):
        return {"$float": repr(float(value))}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": bytes(value).decode("latin-1")}
    if isinstance(value, tuple):
        return {"$tuple": [encode(item, inner) for item in value]}
    if isinstance(value, list):
        return [encode(item, inner) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((encode(item, inner) for item in value), key=lambda item: json.dumps(item, sort_keys=True))}
    if isinstance(value, dict):
        return {"$dict": [[encode(key, inner), encode(item, inner)] for key, item in dict.items(value)]}
    if isinstance(value, os.PathLike) and not isinstance(value, type):
        return {"$path": os.fspath(value)}
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name == "datetime.timedelta":
        return {"$timedelta": [value.days, value.seconds, value.microseconds]}
    if kind.__name__ == "__proxy__":
        function, args = promise(value)
        if "gettext" in function and args and isinstance(args[0], str):
            return args[1] if function.startswith(("pgettext", "npgettext")) else args[0]
        return {"$lazy": function}
    if isinstance(value, type(sys)):
        return {"$module": value.__name__}
    if isinstance(value, type) or callable(value) and hasattr(value, "__qualname__"):
        return {"$callable": f"{getattr(value, '__module__', '?')}.{value.__qualname__}"}
    return {"$object": name}


def sorted_folders():
    """Makes folders list in name order, since theirs is the file system's and no dyno has the same."""
    listdir, scandir = os.listdir, os.scandir
    os.listdir = lambda path=".": sorted(listdir(path))

    class Sorted:
        def __init__(self, path="."):
            self.entries = scandir(path)
            self.order = iter(sorted(self.entries, key=lambda entry: entry.name))

        def __iter__(self):
            return self.order

        def __next__(self):
            return next(self.order)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.entries.close()

        close = __exit__

    os.scandir = Sorted


class Reached(BaseException):
    """The entry has come to where Django reads its settings."""


def enter(entry):
    """Runs an entry of the project as its process would, and says which settings module it chose."""
    import runpy

    import django
    import django.core.asgi
    import django.core.management
    import django.core.wsgi

    def reached(*_, **__):
        raise Reached

    django.setup = reached
    django.core.management.execute_from_command_line = reached
    django.core.asgi.get_asgi_application = reached
    django.core.wsgi.get_wsgi_application = reached
    try:
        if "script" in entry:
            sys.argv = [entry["script"], "check"]
            runpy.run_path(entry["script"], run_name="__main__")
        else:
            importlib.import_module(entry["module"])
    except Reached:
        pass
    return os.environ.get("DJANGO_SETTINGS_MODULE")


def run(request, out):
    resource.setrlimit(resource.RLIMIT_CPU, (int(request["timeout"]) + 5,) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20,) * 2)
    root = request["root"]
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    sys.argv = list(request["argv"])
    here = os.path.dirname(HERE)
    inherited = [entry for entry in sys.path if entry and os.path.abspath(entry) != here]
    site = next((i for i, entry in enumerate(inherited) if "site-packages" in entry), len(inherited))
    sys.path[:] = request["path"] + inherited[:site] + request["overlays"] + inherited[site:]
    sys.path_importer_cache.clear()
    sys.dont_write_bytecode = True
    stubs = Stubs(request["stubs"])
    index = sys.meta_path.index(importlib.machinery.PathFinder)
    sys.meta_path[index] = Gate(request["hidden"], root)
    sys.meta_path.append(stubs)
    reads = []
    recording_environment(root, reads)
    answer = {}
    chosen = {}
    sorted_folders()
    try:
        if "entry" in request:
            chosen["module"] = enter(request["entry"])
            if chosen["module"] is None:
                raise Reached
            request["module"] = chosen["module"]
        if "DJANGO_CONFIGURATION" in request["env"]:
            importlib.import_module("configurations.importer").install()
        module = importlib.import_module(request["module"])
        recorded = list(reads)
        names = {name: encode(getattr(module, name)) for name in dir(module) if name.isupper()}
        copied = []
        if "DJANGO_CONFIGURATION" in request["env"]:
            # Configurations copy Django's own defaults too, which are no statement of the module.
            defaults = importlib.import_module("django.conf.global_settings")
            copied = [name for name, value in names.items() if value == encode(getattr(defaults, name, module))]
        answer = {"ok": True, "names": names, **({"defaults": copied} if copied else {})}
    except BaseException as error:
        recorded = list(reads)
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(root + "/")]
        if isinstance(error, SyntaxError) and error.filename:
            place = [error.filename, error.lineno]
        else:
            place = [frames[-1].filename, frames[-1].lineno] if frames else None
        answer = {
            "ok": False,
            "crash": {"exception": type(error).__name__, "message": str(error)[:300], "at": place},
        }
    answer.update(chosen)
    answer.update(reads=recorded, stubbed=sorted(stubs.used), python="%d.%d" % sys.version_info[:2])
    text = json.dumps(answer)
    with os.fdopen(out, "w") as stream:
        stream.write(text)


def answer_in_child(request):
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(readable)
            os.setsid()
            run(request, writable)
        except BaseException:
            os.write(writable, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(writable)
    deadline = time.monotonic() + request["timeout"]
    chunks = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        if not select.select([readable], [], [], left)[0]:
            break
        chunk = os.read(readable, 1 << 16)
        if not chunk:
            break
        chunks.append(chunk)
    os.close(readable)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    status = os.waitpid(child, 0)[1]
    text = b"".join(chunks).decode("utf-8", "surrogateescape")
    try:
        return json.loads(text)
    except ValueError:
        crash = {"exception": "Timeout" if time.monotonic() >= deadline else "Killed", "message": f"{status}: {text[-300:]}", "at": None}
        return {"ok": False, "crash": crash, "reads": [], "stubbed": [], "python": "%d.%d" % sys.version_info[:2]}


def files_below(root):
    return {os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names}


def main():
    before = {}
    for line in sys.stdin:
        request = json.loads(line)
        root = request["root"]
        if root not in before:
            before[root] = files_below(root)
        answer = answer_in_child(request)
        # A settings module may write (logs, databases): the next environment must not see it.
        for path in files_below(root) - before[root]:
            os.unlink(path)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
