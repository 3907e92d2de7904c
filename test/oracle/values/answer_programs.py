"""What CPython makes of programs: a JSON list of sources from stdin; for each `!Name` of the exception that ends it, or the
values of a, b, c, d and e as `repr.ts` writes them (null: none that is written, or unbound)."""
import json
import sys

from answer import write


def value(names, name):
    try:
        text = write(names[name])
    except (LookupError, RecursionError):
        return None
    return text if len(text) < 300 else None


def run(source):
    names = {'__name__': 'settings'}
    try:
        code = compile(source, 'settings.py', 'exec')
    except SyntaxError:
        return None
    try:
        exec(code, names)
    except Exception as error:
        return '!' + type(error).__name__
    return {name: value(names, name) for name in 'abcde'}


if __name__ == '__main__':
    json.dump([run(source) for source in json.load(sys.stdin)], sys.stdout)
