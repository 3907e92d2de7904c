"""Which names the functions of a module look for in the module itself, as CPython's symtable says.

Usage: names.py SEED COUNT [FILE...]. One JSON object a line: the source, and of each function its name, its line and those names, what
stands in it (functions, classes, comprehensions) included. Annotations are taken out before. Needs CPython 3.9 to 3.11: later ones count
what a comprehension has to the function around it.
"""
import ast
import json
import random
import symtable
import sys

# A name that only a pattern binds, and that is declared global, is no read: so those are never declared.
DECLARED = list('abcdef')
CAPTURED = list('gh')
NAMES = DECLARED + CAPTURED
INNER = {'lambda', 'listcomp', 'setcomp', 'dictcomp', 'genexpr'}


class NoAnnotations(ast.NodeTransformer):
    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_AnnAssign(self, node):
        self.generic_visit(node)
        node.annotation = ast.Constant(0)
        return node


def expression(rng, depth=0):
    name = rng.choice(NAMES)
    if depth > 1 or rng.random() < 0.3:
        return name
    inner = lambda: expression(rng, depth + 1)
    return rng.choice([
        lambda: name,
        lambda: name,
        lambda: f'{name}({inner()}, {rng.choice(NAMES)}={inner()})',
        lambda: f'{inner()}.{name}',
        lambda: f'[{inner()} for {name} in {inner()} if {inner()}]',
        lambda: f'{{{inner()}: {inner()} for {name}, {rng.choice(NAMES)} in {inner()}}}',
        lambda: f'({inner()} for {name} in {inner()} for {rng.choice(NAMES)} in {inner()})',
        lambda: f'(lambda {name}={inner()}, *{rng.choice(NAMES)}_: {inner()})',
        lambda: f'({name} := {inner()})',
        lambda: f'({inner()} if {inner()} else {inner()})',
        lambda: "f'{" + name + "!r:{" + rng.choice(NAMES) + "}}'",
        lambda: f'{name}[{inner()}:]',
    ])()


def block(rng, depth, pad):
    return ''.join(statement(rng, depth, pad) for _ in range(rng.randint(1, 3)))


def statement(rng, depth, pad):
    e = lambda: expression(rng)
    n = lambda: rng.choice(NAMES)
    c = lambda: rng.choice(CAPTURED)
    below = lambda: block(rng, depth + 1, pad + '    ')
    simple = [
        lambda: f'{pad}{n()} = {e()}\n',
        lambda: f'{pad}{n()}, (*{n()}, {n()}.{n()}) = {e()}\n',
        lambda: f'{pad}{n()} += {e()}\n',
        lambda: f'{pad}{n()}: {n()} = {e()}\n',
        lambda: f'{pad}{n()}: {n()}\n',
        lambda: f'{pad}{e()}\n',
        lambda: f'{pad}{e()}\n',
        lambda: f'{pad}del {n()}\n',
        lambda: f'{pad}import {n()}.{n()}\n',
        lambda: f'{pad}from x import {n()} as {n()}\n',
        lambda: f'{pad}{rng.choice(["global", "nonlocal"])} {rng.choice(DECLARED)}\n' if rng.random() < 0.4 else f'{pad}return_ = {e()}\n',
        lambda: f'{pad}assert {e()}, {e()}\n',
    ]
    compound = [
        lambda: f'{pad}def {n()}({n()}, {n()}_={e()}, *{n()}_2, **{n()}_3):\n{below()}',
        lambda: f'{pad}@{n()}\n{pad}async def {n()}(self):\n{below()}',
        lambda: f'{pad}def {n()}():\n{below()}',
        lambda: f'{pad}class {n()}({n()}, metaclass={n()}):\n{below()}',
        lambda: f'{pad}for {n()}, {n()} in {e()}:\n{below()}{pad}else:\n{below()}',
        lambda: f'{pad}with {e()} as {n()}, {e()} as ({n()}, {n()}):\n{below()}',
        lambda: f'{pad}try:\n{below()}{pad}except {n()} as {n()}:\n{below()}{pad}finally:\n{below()}',
        lambda: f'{pad}if {e()}:\n{below()}{pad}else:\n{below()}',
        lambda: f'{pad}while {e()}:\n{below()}',
        lambda: f'{pad}match {e()}:\n{pad}    case [{c()}, *{n()}_4] if {e()}:\n{block(rng, depth + 2, pad + "        ")}'
                f'{pad}    case {{1: {c()}}} | {n()}.{n()}({n()}=2, x={c()}):\n{block(rng, depth + 2, pad + "        ")}',
    ]
    return rng.choice(simple if depth > 2 or rng.random() < 0.6 else compound)()


def globals_in(table):
    # A class takes what it has not bound yet from the module: its own names are no question.
    own = {
        one.get_name() for one in table.get_symbols()
        if one.is_global() and (one.is_referenced() or one.is_assigned())
    }
    return own.union(*map(globals_in, table.get_children()))


def functions(table):
    for child in table.get_children():
        if child.get_type() == 'function' and child.get_name() not in INNER:
            names = sorted(name for name in globals_in(child) if not name.startswith('_'))
            yield [child.get_name(), child.get_lineno(), names]
        yield from functions(child)


def answer(source):
    tree = ast.fix_missing_locations(NoAnnotations().visit(ast.parse(source)))
    plain = ast.unparse(tree)
    return {'source': plain, 'functions': sorted(functions(symtable.symtable(plain, 'x', 'exec')), key=str)}


def sources(seed, count, files):
    for path in files:
        with open(path, 'rb') as file:
            yield file.read()
    rng = random.Random(seed)
    for _ in range(count):
        yield ''.join(statement(rng, 0, '') for _ in range(rng.randint(2, 6)))


def main():
    _, seed, count, *files = sys.argv
    left = int(count)
    for source in sources(int(seed), left * 40, files):
        try:
            found = answer(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        if not found['functions']:
            continue
        if isinstance(source, str):
            left -= 1
        print(json.dumps(found))
        if left < 0:
            break


main()
