"""Where CPython raises UnboundLocalError: generated functions are run, again and again, with other conditions and failures.

Usage: unbound.py SEED COUNT. One JSON object a line: the source of a module with one function, and of each run the lines that were come to,
in order, the line whose call of `get` raised Gone (once at most), and what else was raised: the lines, each with the name that had no value.
"""
import json
import random
import re
import sys

NAMES = 'abcd'
RUNS = 60


class Gone(Exception):
    pass


class Other(Exception):
    pass


class Context:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


def expression(rng, depth=0):
    n = lambda: rng.choice(NAMES)
    e = lambda: expression(rng, depth + 1)
    if depth > 1:
        return rng.choice([n(), 'value()', '1'])
    return rng.choice([
        n,
        lambda: 'value()',
        lambda: 'value()',
        lambda: 'get()',
        lambda: f'value({e()}, x={e()})',
        lambda: f'{n()}.x',
        lambda: f'(cond() and {e()})',
        lambda: f'({e()} if cond() else {e()})',
        lambda: f'[{n()} for {n()} in value({e()}) if {e()}]',
        lambda: f'(lambda {n()}: {e()})',
        lambda: f'({n()} := {e()})',
        lambda: f'(cond() or ({n()} := {e()}))',
        lambda: "f'{" + n() + "}'",
    ])()


def block(rng, depth, pad, loop):
    return ''.join(statement(rng, depth, pad, loop) for _ in range(rng.randint(1, 3)))


def statement(rng, depth, pad, loop):
    n = lambda: rng.choice(NAMES)
    e = lambda: expression(rng)
    below = lambda own=None: block(rng, depth + 1, pad + '    ', loop if own is None else own)
    simple = [
        lambda: f'{pad}{n()} = {e()}\n',
        lambda: f'{pad}{n()} = get()\n',
        lambda: f'{pad}{n()} = value()\n',
        lambda: f'{pad}{n()}, {n()} = value(), {e()}\n',
        lambda: f'{pad}{n()}.x = {e()}\n',
        lambda: f'{pad}{n()} += 1\n',
        lambda: f'{pad}{e()}\n',
        lambda: f'{pad}{e()}\n',
        lambda: f'{pad}pass\n',
        lambda: f'{pad}del {n()}\n' if rng.random() < 0.3 else f'{pad}pass\n',
        lambda: f'{pad}return {e()}\n' if depth > 0 or rng.random() < 0.2 else f'{pad}pass\n',
        lambda: f'{pad}raise Other\n' if depth > 0 and rng.random() < 0.5 else f'{pad}pass\n',
        lambda: f'{pad}{rng.choice(["break", "continue"])}\n' if loop else f'{pad}pass\n',
        lambda: f'{pad}import sys as {n()}\n',
        lambda: f'{pad}fail()\n' if rng.random() < 0.3 else f'{pad}pass\n',
    ]
    compound = [
        lambda: f'{pad}try:\n{below()}{pad}except Gone{rng.choice(["", " as " + n()])}:\n{below()}',
        lambda: f'{pad}try:\n{below()}{pad}except Gone:\n{below()}{rng.choice(["", pad + "else:" + chr(10) + below()])}'
                f'{rng.choice(["", pad + "finally:" + chr(10) + below()])}',
        lambda: f'{pad}try:\n{pad}    {n()} = get()\n{pad}except {rng.choice(["Gone", "Gone", "Other", "Exception"])}:\n{pad}    pass\n',
        lambda: f'{pad}try:\n{below()}{pad}except {rng.choice(["Other", "Exception", "NameError"])}:\n{below()}',
        lambda: f'{pad}if cond():\n{below()}',
        lambda: f'{pad}if cond():\n{below()}{pad}else:\n{below()}',
        lambda: f'{pad}if cond():\n{below()}{pad}elif cond():\n{below()}',
        lambda: f'{pad}for {n()} in loop():\n{below(True)}{rng.choice(["", pad + "else:" + chr(10) + below()])}',
        lambda: f'{pad}while cond():\n{below(True)}',
        lambda: f'{pad}with Context() as {n()}:\n{below()}',
        lambda: f'{pad}match value():\n{pad}    case [{n()}, _] if cond():\n{block(rng, depth + 2, pad + "        ", loop)}'
                f'{pad}    case _:\n{block(rng, depth + 2, pad + "        ", loop)}',
        lambda: f'{pad}def {n()}():\n{pad}    return {n()}\n',
        lambda: f'{pad}def inner():\n{pad}    nonlocal {n()}\n{pad}    {n()} = 1\n' if rng.random() < 0.2 else f'{pad}pass\n',
    ]
    return rng.choice(simple if depth > 2 or rng.random() < 0.55 else compound)()


class Value:
    x = 1

    def __iter__(self):
        return iter([self, self])

    def __iadd__(self, _):
        return self


def run(rng, function):
    """One run of a function: what is raised, and which conditions hold, is drawn."""
    raised, lines, errors = [], [], []
    odds = rng.choice([0.1, 0.5, 0.9])
    steps, seen = [0], []

    def trace(frame, event, argument):
        if frame.f_code is not function.__code__:
            return None
        if event == 'exception' and argument[0] is not Gone:
            name = re.search(r"'(\w+)'", str(argument[1])) if argument[0] is UnboundLocalError else None
            one = [frame.f_lineno, name and name.group(1)]
            # It is told of again where a `finally` or a context lets it pass.
            if argument[1] not in seen:
                errors.append(one)
            seen.append(argument[1])
        if event == 'line':
            lines.append(frame.f_lineno)
            steps[0] += 1
            if steps[0] > 300:
                raise SystemExit
        return trace

    def get():
        if not raised and rng.random() < odds:
            raised.append(sys._getframe(1).f_lineno)
            raise Gone
        return Value()

    def fail():
        raise Other

    world = function.__globals__
    world.update(get=get, fail=fail, cond=lambda: rng.random() < 0.5, value=lambda *_, **__: Value(),
                 loop=lambda: range(rng.randint(0, 2)), Gone=Gone, Other=Other, Context=Context)
    sys.settrace(trace)
    try:
        function()
    except SystemExit:
        return None
    except Exception:
        pass
    finally:
        sys.settrace(None)
    return [lines, raised[0] if raised else 0, errors]


def main():
    seed, left = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    while left > 0:
        source = 'def function():\n' + ''.join(statement(rng, 0, '    ', False) for _ in range(rng.randint(2, 5)))
        world = {}
        try:
            exec(compile(source, 'x', 'exec'), world)
        except SyntaxError:
            continue
        runs = [run(rng, world['function']) for _ in range(RUNS)]
        unique = {json.dumps(one) for one in runs if one is not None}
        print(json.dumps({'source': source, 'runs': [json.loads(one) for one in sorted(unique)]}))
        left -= 1


main()
