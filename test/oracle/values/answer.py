"""What CPython answers: a JSON list of [setup, [expression, …]] from stdin; for each the value as `repr.ts` writes it,
`!Name` for an exception, or null where the value is none that is written."""
import json
import os
import sys

# Where a dyno stands.
os.getcwd = lambda: '/app'

ESCAPES = {'\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'}


def quote(text):
    mark = '"' if "'" in text and '"' not in text else "'"
    out = ''.join(ESCAPES.get(c, c) for c in text)
    return mark + (out.replace("'", "\\'") if mark == "'" else out) + mark


def write(value):
    kind = type(value)
    if value is None or value is ... or kind in (bool, int, float, bytes):
        return repr(value)
    if kind is str:
        return quote(value)
    if kind is list:
        return '[' + ', '.join(map(write, value)) + ']'
    if kind is tuple:
        return '(' + ', '.join(map(write, value)) + (',)' if len(value) == 1 else ')')
    if kind is dict:
        return '{' + ', '.join(f'{write(k)}: {write(v)}' for k, v in value.items()) + '}'
    raise LookupError


def answer(expression, names):
    try:
        value = eval(expression, names)
    except Exception as error:
        return '!' + type(error).__name__
    try:
        text = write(value)
    except (LookupError, RecursionError):
        return None
    return text if len(text) < 300 and all(not 0xd800 <= ord(c) < 0xe000 for c in text) else None


def answers(setup, expressions):
    names = {'__name__': 'settings'}
    exec(setup, names)
    return [answer(expression, dict(names)) for expression in expressions]


if __name__ == '__main__':
    json.dump([answers(*one) for one in json.load(sys.stdin)], sys.stdout)
