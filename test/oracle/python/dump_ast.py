"""Writes what CPython's own parser makes of Python files, in the compact form of dump.ts.

Reads paths from standard input, one a line, and writes for each: `= STATUS LINES PATH`, then LINES lines, one
for each node: kind, start, end and the other fields in the order of shape.json. Offsets count UTF-16 units of
the decoded file. STATUS is `ok`, or the name of the exception for a file this Python cannot parse. A span this
version of Python does not know, or knows wrongly (inside f-strings before 3.12), is `? ?`.
"""

import ast
import json
import os
import re
import struct
import sys
import threading
import tokenize
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "shape.json"), encoding="utf-8") as file:
    SHAPE = json.load(file)

NAMES = {
    "typeParams": "type_params",
    "decorators": "decorator_list",
    "context": "context_expr",
    "vars": "optional_vars",
    "isAsync": "is_async",
    "formatSpec": "format_spec",
    "kwdAttrs": "kwd_attrs",
    "kwdPatterns": "kwd_patterns",
    "default": "default_value",
}
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "Mod": "%", "Pow": "**", "LShift": "<<",
    "RShift": ">>", "BitOr": "|", "BitXor": "^", "BitAnd": "&", "FloorDiv": "//", "And": "and", "Or": "or",
    "Not": "not", "UAdd": "+", "USub": "-", "Invert": "~", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=",
    "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}
WITHOUT_SPAN = {"arguments", "comprehension", "withitem", "match_case"}
INNER_SPANS = sys.version_info >= (3, 12)


class Source:
    """Offsets in UTF-16 units of the positions CPython gives in lines and UTF-8 bytes."""

    def __init__(self, data):
        with_mark = data.startswith(b"\xef\xbb\xbf")
        lines = iter(re.findall(rb"[^\r\n]*(?:\r\n|\r|\n|$)", data[:2000]))
        encoding, _ = tokenize.detect_encoding(lambda: next(lines, b""))
        self.text = (data[3:] if with_mark else data).decode("utf-8" if with_mark else encoding)
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n|$)", self.text)
        self.starts = []
        start = 0
        for line in self.lines:
            self.starts.append(start)
            start += len(line) if line.isascii() else len(line.encode("utf-16-le")) // 2
        self.ascii = [line.isascii() for line in self.lines]

    def offset(self, lineno, column):
        index = lineno - 1
        if index >= len(self.lines):
            return self.starts[-1] + column
        if self.ascii[index]:
            return self.starts[index] + column
        before = self.lines[index].encode("utf-8")[:column].decode("utf-8", "ignore")
        return self.starts[index] + len(before.encode("utf-16-le")) // 2


class Dump:
    def __init__(self, source):
        self.source = source
        self.utf16 = source.text.encode("utf-16-le", "surrogatepass")
        self.out = []
        self.in_format = 0
        self.named_escape = False

    def write(self, text):
        self.out.append(" ")
        self.out.append(text)

    def value(self, value):
        if value is None:
            self.write("-")
        elif isinstance(value, ast.AST):
            self.node(value)
        elif isinstance(value, list):
            self.write("[%d" % len(value))
            for element in value:
                self.value(element)
        elif isinstance(value, bool):
            self.write("true" if value else "false")
        elif isinstance(value, str):
            self.write(json.dumps(value))
        else:
            self.write(str(value))

    def span(self, node, kind):
        if kind in WITHOUT_SPAN:
            return None
        if (self.in_format and not INNER_SPANS) or getattr(node, "end_lineno", None) is None:
            return "? ?"
        start = self.source.offset(node.lineno, node.col_offset)
        end = self.source.offset(node.end_lineno, node.end_col_offset)
        return "%d %d" % (start, end)

    def node(self, node):
        kind = type(node).__name__
        if kind in OPERATORS:
            return self.write(json.dumps(OPERATORS[kind]))
        if kind == "Index":
            return self.node(node.value)
        if kind == "TryStar":
            kind = "Try"
        if kind == "ExtSlice":
            kind = "Tuple"
            node.elts = node.dims
        span = self.span(node, kind)
        self.out.append("\n" + kind)
        if span is not None:
            self.write(span)
        if kind == "Constant":
            return self.constant(node, span)
        if kind == "arguments":
            place_defaults(node)
        inside = kind in ("JoinedStr", "TemplateStr")
        if inside and not self.in_format:
            self.named_escape = self.has_named_escape(span)
        self.in_format += inside
        for field in SHAPE[kind]:
            self.field(node, kind, field)
        self.in_format -= inside

    def field(self, node, kind, field):
        if field == "star":
            return self.value(type(node).__name__ == "TryStar")
        if field == "conversion":
            return self.value(None if node.conversion == -1 else chr(node.conversion))
        if field in ("isAsync", "simple"):
            return self.value(bool(getattr(node, NAMES.get(field, field))))
        if kind == "MatchSingleton":
            return self.write("null" if node.value is None else str(node.value).lower())
        if kind == "MatchMapping" and field == "keys":
            return self.value(node.keys)
        if kind == "arg" and field == "name":
            return self.value(node.arg)
        if kind == "arg" and field == "default":
            return self.value(getattr(node, "given", None))
        if kind == "arguments" and field in ("posonly", "kwonly"):
            return self.value(getattr(node, field + "args"))
        if kind == "JoinedStr":
            # Before 3.12.3 a format could begin with an empty text.
            return self.value([part for part in node.values if getattr(part, "value", None) != ""])
        if field == "typeParams":
            return self.value(getattr(node, "type_params", []))
        return self.value(getattr(node, NAMES.get(field, field), None))

    def constant(self, node, span):
        value = node.value
        if value is None:
            return self.write("none")
        if value is Ellipsis:
            return self.write("ellipsis")
        if isinstance(value, bool):
            return self.write("bool true" if value else "bool false")
        if isinstance(value, int):
            return self.write("int %x" % value)
        if isinstance(value, float):
            return self.write("float " + struct.pack(">d", value).hex())
        if isinstance(value, complex):
            return self.write("complex " + struct.pack(">d", value.imag).hex())
        if isinstance(value, bytes):
            return self.write("bytes " + json.dumps(value.decode("latin-1")))
        if self.has_named_escape(span):
            return self.write("str ?")
        self.write("str " + json.dumps(value))

    def has_named_escape(self, span):
        if span == "? ?":
            return self.named_escape
        start, end = map(int, span.split())
        return "\\N{" in self.utf16[2 * start:2 * end].decode("utf-16-le", "surrogatepass")


def place_defaults(arguments):
    """Gives each parameter its own default."""
    positional = arguments.posonlyargs + arguments.args
    for parameter, default in zip(reversed(positional), reversed(arguments.defaults)):
        parameter.given = default
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        parameter.given = default


def dump(path):
    try:
        with open(path, "rb") as file:
            data = file.read()
        tree = ast.parse(data, path)
        source = Source(data)
    except Exception as error:
        return type(error).__name__, ""
    result = Dump(source)
    for statement in tree.body:
        result.node(statement)
    return "ok", "".join(result.out).lstrip("\n")


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        path = line.rstrip("\n")
        status, text = dump(path)
        lines = text.count("\n") + 1 if text else 0
        sys.stdout.write("= %s %d %s\n" % (status, lines, path))
        if text:
            sys.stdout.write(text + "\n")
    sys.stdout.flush()


sys.setrecursionlimit(60000)
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
