"""Prints, as JSON, every command line option of the server on sys.path: read from its own parser, nothing is started.

usage: knowledge-servers.py SERVER
"""
import argparse
import importlib
import json
import sys
import types


def plain(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return None


def type_name(kind):
    if kind is None:
        return "str"
    if kind in (int, float, str):
        return kind.__name__
    return getattr(kind, "__name__", "str")


def of_argparse(parser, default_of=None, type_of=None):
    options, positionals = [], []
    for action in parser._actions:
        entry = {
            "names": list(action.option_strings),
            "dest": action.dest,
            "arity": 0 if action.nargs == 0 else (action.nargs if action.nargs is not None else 1),
            "type": (type_of or {}).get(action.dest) or type_name(action.type),
            "choices": [plain(c) for c in action.choices] if action.choices else None,
            "default": plain(default_of[action.dest] if default_of and action.dest in default_of else action.default),
            "repeats": isinstance(action, argparse._AppendAction),
        }
        (options if action.option_strings else positionals).append(entry)
    return {"parser": "argparse", "abbreviates": getattr(parser, "allow_abbrev", True), "options": options, "positionals": positionals}


def of_click(command):
    options, positionals = [], []
    context = __import__("click").Context(command)
    for parameter in command.get_params(context):
        kind = parameter.type
        choices = getattr(kind, "choices", None)
        entry = {
            "names": list(parameter.opts),
            "negations": list(parameter.secondary_opts),
            "dest": parameter.name,
            "arity": 0 if getattr(parameter, "is_flag", False) or getattr(parameter, "count", False) else parameter.nargs,
            "type": {"integer": "int", "integer range": "int", "float": "float", "float range": "float", "boolean": "bool"}.get(kind.name, "str"),
            "choices": [plain(getattr(c, "value", c)) for c in choices] if choices is not None else None,
            "default": plain(getattr(parameter.default, "value", parameter.default)),
            "repeats": bool(getattr(parameter, "multiple", False)),
            "foldsCase": choices is not None and not getattr(kind, "case_sensitive", True),
            # A duration has the bounds of a range and takes other texts than numbers.
            "min": getattr(kind, "min", None) if kind.name.endswith("range") else None,
            "max": getattr(kind, "max", None) if kind.name.endswith("range") else None,
            "exists": bool(getattr(kind, "exists", False)),
        }
        (options if parameter.param_type_name == "option" else positionals).append(entry)
    return {"parser": "click", "abbreviates": False, "options": options, "positionals": positionals}


class Captured(Exception):
    pass


def capture(run):
    seen = []

    def parse(self, *args, **kwargs):
        seen.append(self)
        raise Captured

    argparse.ArgumentParser.parse_args = parse
    argparse.ArgumentParser.parse_known_args = parse
    try:
        run()
    except Captured:
        pass
    return seen[0]


def daphne():
    # The parser alone is wanted: loading the server would start Twisted's reactor.
    server = types.ModuleType("daphne.server")
    server.__getattr__ = lambda name: object
    sys.modules["daphne.server"] = server
    cli = importlib.import_module("daphne.cli")
    return of_argparse(cli.CommandLineInterface().parser)


def uvicorn():
    return of_click(importlib.import_module("uvicorn.main").main)


def gunicorn():
    config = importlib.import_module("gunicorn.config")
    settings = config.make_settings()
    defaults, types, positive = {}, {}, set()
    for name, setting in settings.items():
        value = setting.get() if not callable(setting.default) else None
        defaults[name] = value if isinstance(value, (bool, int, float, str, type(None))) else setting.default
        validator = getattr(setting.validator, "__name__", "")
        types[name] = {"validate_pos_int": "int", "validate_bool": "bool"}.get(validator, "str")
        if validator == "validate_pos_int":
            positive.add(name)
    # What the machine that asks says of itself is no default.
    for name in ("chdir", "user", "group", "control_socket"):
        defaults[name] = None
    parsed = of_argparse(config.Config().parser(), defaults, types)
    for option in parsed["options"]:
        option["min"] = 0 if option["dest"] in positive else None
    return parsed


def hypercorn():
    main = importlib.import_module("hypercorn.__main__")
    parsed = of_argparse(capture(lambda: main.main(["x:y"])))
    config = importlib.import_module("hypercorn.config").Config()
    for option in parsed["options"]:
        if option["default"] is None or option["default"] == []:
            attribute = {"binds": "bind", "insecure_binds": "insecure_bind", "quic_binds": "quic_bind"}.get(option["dest"], option["dest"])
            option["default"] = plain(getattr(config, attribute, None))
    return parsed


def granian():
    try:
        return of_click(importlib.import_module("granian.cli").cli)
    except Exception:
        import typer
        return of_click(typer.main.get_command(importlib.import_module("granian.cli").cli))


def waitress():
    adjustments = importlib.import_module("waitress.adjustments")
    cls = adjustments.Adjustments
    booleans = {"asbool"}
    options = []
    for name, cast in cls._params:
        long = "--" + name.replace("_", "-")
        flag = getattr(cast, "__name__", "") in booleans
        default = plain(getattr(cls, name, None))
        entry = {
            "names": [long],
            "dest": name,
            "arity": 0 if flag else 1,
            "type": "bool" if flag else {"int": "int", "octal": "str"}.get(getattr(cast, "__name__", "str"), "str"),
            "choices": None,
            "default": default,
            "repeats": name == "listen",
        }
        if flag:
            entry["negations"] = ["--no-" + name.replace("_", "-")]
        options.append(entry)
    for name in ("help", "call"):
        options.append({"names": ["--" + name], "dest": name, "arity": 0, "type": "bool", "choices": None, "default": False, "repeats": False})
    if hasattr(cls, "parse_args"):
        import inspect
        if "app=" in inspect.getsource(cls.parse_args):
            options.append({"names": ["--app"], "dest": "app", "arity": 1, "type": "str", "choices": None, "default": None, "repeats": False})
    return {"parser": "getopt", "abbreviates": True, "options": options, "positionals": []}


print(json.dumps({"daphne": daphne, "uvicorn": uvicorn, "gunicorn": gunicorn, "hypercorn": hypercorn, "granian": granian, "waitress": waitress}[sys.argv[1]]()))
