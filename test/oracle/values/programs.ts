import { type Random, randomOf } from '../../../scripts/fuzz/random.ts'

/**
 * Small programs: statements in random order over a few names, so that loops, functions, classes, exceptions and patterns meet
 * each other's results. `«kind»` is one of a list, `«kind»` of statements is another statement, indented as its place is.
 */

const lists: Readonly<Record<string, readonly string[]>> = {
  n: ['a', 'b', 'c', 'd'],
  i: ['0', '1', '2', '3', '-1', '5', 'a', 'b', 'len(c)', 'a + 1', 'b * 2', 'True'],
  t: ["'x'", "'ab'", "''", "'k'", 'd', "d + 'z'", "f'{a}-{b:02}'", "'%s' % (a,)", 'd.upper()', 'str(a)', "'p,q'.split(',')[0]"],
  l: ['c', '[1, 2, 3]', '[a, b]', '[]', '[*c, 4]', 'list(range(3))', 'c[1:]', 'sorted(c, key=str)', "['u', 'v']", '[x for x in c]', 'c + [a]', '[(1, 2), (3, 4)]'],
  d: ["{'k': 1, 'm': 2}", "{**{'k': a}, 'z': b}", '{}', "dict(k=3, q=[1])", '{x: str(x) for x in range(2)}', "{'k': {'m': c}}"],
  e: ['«i»', '«t»', '«l»', '«d»', 'None', '(a, b)', '«i» if «c» else «t»', '«l» or «t»', 'not «c»', '(lambda q, *r, s=1: (q, r, s))(«i», «i»)', '[(x, y) for x in «l» for y in range(2) if x]', '{x for x in (1, 2, 2)} == {1, 2}', '(z := «i»)'],
  c: ['a', 'a > b', 'a == b', '«t» in d', 'c', 'not c', '«i» < «i» <= 3', 'isinstance(d, str)', 'a is None', 'd and a', "d == 'x'", 'len(c) > 2', 'a in c', 'a != b or b', '1 < 2'],
  exc: ['ValueError', 'KeyError', 'IndexError', 'TypeError', 'ZeroDivisionError', 'AttributeError', 'LookupError', 'Exception', 'RuntimeError', '(KeyError, IndexError)', 'ArithmeticError'],
  fail: ["int('x')", "{}['k']", 'c[99]', 'a / 0', "'a' + 1", 'None.x', 'undefined_name', "raise ValueError('v')", "raise RuntimeError", 'assert a is None, "m"', 'int(d)', "{'k': 1}[d]", 'c.index(77)', 'a, b = [1, 2, 3]', 'len(5)', 'next(iter([]))', 'del undefined_name', 'd.nope'],
  op: ['+=', '-=', '*='],
} // biome-ignore format: tables

/** `§` is a block of one or two statements. */
const statements: readonly string[] = [
  '«n» = «e»', 'a = «i»', 'b = «i»', 'c = «l»', 'd = «t»', 'a «op» «i»', 'd += «t»', 'c += «l»', 'a, b = b, a', 'a, *c = [«i», «e», «e»]', '(a, b), d = («i», «i»), «t»', 'a = b = «i»', 'c.append(«e»)', 'e = «d»', "e = «d»\ne['k'] = «e»", 'c = c[:6]', 'global a\na = «i»',
  'if «c»:\n§', 'if «c»:\n§\nelse:\n§', 'if «c»:\n§\nelif «c»:\n§\nelse:\n§',
  'for x in «l»:\n§', 'for i, x in enumerate(«l»):\n§\nelse:\n§', "for x in range(4):\n    if x == «i»:\n        continue\n    if x > 2:\n        break\n§\nelse:\n    d = 'end'", 'for k, v in «d».items():\n    c = [*c, k, v][:5]', 'w = 0\nwhile w < 3:\n    w += 1\n§', 'w = 5\nwhile True:\n    w -= 1\n    if w < «i» or w < 0:\n        break', 'for x, y in zip(«l», «t»):\n    d += y',
  'try:\n    «fail»\nexcept «exc»:\n§', 'try:\n    «fail»\nexcept «exc» as err:\n    d = type(err).__name__', 'try:\n§\n    «fail»\nexcept «exc»:\n§\nexcept Exception:\n    b = «i»\nelse:\n    a = 100\nfinally:\n    e = «i»', 'try:\n§\nfinally:\n    b = «i»', "try:\n    try:\n        «fail»\n    except «exc»:\n        raise\n    finally:\n        d = 'f'\nexcept Exception as err:\n    c = [type(err).__name__]", "try:\n    «fail»\nexcept «exc» as err:\n    c = [type(err).__name__, err.args]\nexcept BaseException:\n    c = ['other']", "try:\n    raise ValueError(«t») from KeyError('k')\nexcept ValueError as err:\n    d = str(err)", '«fail»',
  'def f(p, q=«i», *r, s=None, **t):\n    return [p, q, r, s, t]\nc = f(«i»)', "def f(p, q=2, *r, s=None, **t):\n    return p, q, r, s, sorted(t)\nc = [f(1), f(1, «i»), f(*[1, 2, 3]), f(1, s=«i», u=3), f(**{'p': a})]", 'def f(n):\n    if n <= 0:\n        return [n]\n    return [n] + f(n - 1)\nc = f(3)', 'def outer():\n    m = 1\n    def inner():\n        nonlocal m\n        m += «i»\n        return m\n    inner()\n    return inner()\na = outer()', 'def g():\n    global b\n    b = «i»\n    return «t»\nd = g()', 'def gen():\n    yield 1\n    yield from «l»\n    yield a\nc = list(gen())', 'def f(x=[]):\n    x.append(1)\n    return len(x)\na = f() + f()', 'def deco(fn):\n    def wrapper(*args):\n        return (fn(*args), 1)\n    return wrapper\n@deco\ndef f(x):\n    return x\na = f(«i»)', 'def f(a, /, b, *, c=3):\n    return a, b, c\ne = f(1, b=«i»)', 'def early(x):\n    for y in x:\n        if y == 2:\n            return y\n    return None\na = early(«l»)', 'def kw(*args, **kwargs):\n    return len(args), kwargs.get("z", 5)\ne = kw(*«l», z=«i»)', 'f = lambda x, y=2: x if x else y\na = f(«i»)\nb = f(0)',
  'class A:\n    x = «i»\n    def __init__(self, y=1):\n        self.y = y\n    def m(self):\n        return (self.x, self.y)\nclass B(A):\n    def m(self):\n        return super().m() + (9,)\ne = B(«i»).m()', "class P:\n    def __init__(self, v):\n        self._v = v\n    @property\n    def v(self):\n        return self._v\n    @v.setter\n    def v(self, value):\n        self._v = value * 2\n    @classmethod\n    def make(cls, v):\n        return cls(v)\n    @staticmethod\n    def s(q):\n        return q\np = P.make(«i»)\np.v = 4\ne = (p.v, P.s(«i»))", "class Q:\n    def __eq__(self, other):\n        return other == 1\n    def __len__(self):\n        return «i»\n    def __getitem__(self, key):\n        return (key,)\n    def __contains__(self, x):\n        return x == 'in'\n    def __call__(self, *args):\n        return args\n    def __str__(self):\n        return 'Q!'\nq = Q()\ne = [q == 1, q != 2, q[«i»], 'in' in q, q(1, 2), str(q), f'{q}']", "class C:\n    items = []\n    n = 0\n    for _i in range(3):\n        n += _i\n    if n > 2:\n        big = True\ne = (C.n, C.big, hasattr(C, 'nope'), getattr(C, 'nope', «i»))", "class M1:\n    def w(self):\n        return 'M1'\nclass M2:\n    def w(self):\n        return 'M2'\n    def z(self):\n        return self.w()\nclass D(M1, M2):\n    pass\nd = D().z() + D().w()\ne = isinstance(D(), M2), issubclass(D, M1), [k.__name__ for k in D.__mro__][:3]", "class Err(ValueError):\n    pass\ntry:\n    raise Err('x', «i»)\nexcept KeyError:\n    d = 'no'\nexcept ValueError as err:\n    d = 'yes'\n    e = err.args", "class W:\n    def __enter__(self):\n        return 5\n    def __exit__(self, *info):\n        return True\nwith W() as v:\n    a = v\n    «fail»\n    a = 'not reached'", "class N:\n    def __getattr__(self, name):\n        return name * 2\n    def __add__(self, other):\n        return ('add', other)\n    def __radd__(self, other):\n        return ('radd', other)\n    def __bool__(self):\n        return False\ne = [N().q, N() + 1, 2 + N(), 'yes' if N() else 'no']",
  "match «e»:\n    case 1 | 2:\n        b = 'small'\n    case str() as s if s:\n        b = s\n    case [x, *rest]:\n        b = (x, rest)\n    case {'k': value, **more}:\n        b = (value, len(more))\n    case None:\n        b = 'none'\n    case _:\n        b = 'other'", "match (a, d):\n    case (0, _):\n        e = 'zero'\n    case (int(n), 'x'):\n        e = n\n    case (x, y):\n        e = [x, y]",
  "e = [x * 2 for x in «l» if x]", 'e = {str(k): v for k, v in enumerate(«l»)}', 'e = sum(x for x in range(4) if x != «i»)', 'e = any(x == a for x in «l»), all(«l»)', 'e = [[y for y in range(x)] for x in range(3)]', 'e = (lambda: (yield))' , 'del c[0:1]', "e = {'k': 1}\ndel e['k']", 'e = a if «c» else b', 'e = [*«l», *(1, 2)], {**«d»}', 'import os.path\ne = os.path.join(d, "x")', 'from json import loads as parse\ne = parse("[1]")', 'e = (a, b)[«i»]', 'e = «l»[«i»]', 'e = «d»[«t»]', 'pass', 'x: int = «i»\ne = x', 'e = f"{d!r:>6}|{a:^5}|{c}"', 'e = "".join(map(str, «l»))', 'e = 1 if a else 2 if b else 3', 'e = [i for i in «l»][::-1]', 'assert «c»',
].filter((one) => !one.includes('(yield)')) // biome-ignore format: a list

type Lists = typeof lists

/** What reads variables of the environment, whatever they hold: what has to be set is taken to be. */
const reads: Lists = {
  i: ["int(os.environ.get('NUM', '2'))", "len(os.environ.get('FLAG', ''))", "int(os.getenv('NUM') or 1)"],
  t: ["os.environ.get('FLAG', 'x')", "os.getenv('MODE', 'dev')", "os.environ.get('MODE', d)", "(os.getenv('FLAG') or 'none')", "os.environ.get('MODE', '').upper()", "f\"m-{os.getenv('MODE', '')}\""],
  c: ["'FLAG' in os.environ", "os.environ.get('FLAG')", "os.environ.get('FLAG') == '1'", "os.getenv('MODE', '') in ('a', 'dev')", "os.environ.get('FLAG', '').lower() in ('1', 'true')", "not os.environ.get('MODE')", "os.getenv('MODE') != 'prod'", "bool(os.environ.get('FLAG'))", "os.environ.get('MODE', 'p').startswith('p')", "'FLAG' not in os.environ or a"],
  l: ["os.environ.get('MODE', 'u,v').split(',')", "[os.getenv('FLAG')]", "list(filter(None, [os.getenv('MODE'), 'x']))"],
  d: ["{'k': os.getenv('FLAG')}", "{os.getenv('MODE', 'k'): 1}"],
} // biome-ignore format: tables

const withReads: Lists = Object.fromEntries(
  Object.entries(lists).map(([kind, plain]) => [kind, [...plain, ...(reads[kind] ?? []), ...(reads[kind] ?? [])]]),
)

function filled(template: string, random: Random, depth: number, from: Lists): string {
  const made = template.replaceAll(/«(\w+)»/g, (_, kind: string) => {
    const simple = depth > 2 ? from[kind]?.filter((one) => !one.includes('«')) : from[kind]
    return filled(random.one(simple ?? []), random, depth + 1, from)
  })
  return made
}

function statement(random: Random, depth: number, from: Lists): string {
  const simple = statements.filter((one) => !one.includes('\n'))
  const made = filled(random.one(depth > 1 ? simple : statements), random, 0, from)
  return made.replaceAll(/^( *)§$/gm, () => indented(block(random, depth + 1, from), '    '))
}

function block(random: Random, depth: number, from: Lists): string {
  return Array.from({ length: 1 + random.below(2) }, () => statement(random, depth, from)).join('\n')
}

const indented = (text: string, by: string): string => text.replaceAll(/^/gm, by)

/** `count` programs, the same for the same seed. What has been bound is compared. */
export function programsOf(seed: number, count: number): readonly string[] {
  return programs(seed, 1000, count, lists, [])
}

/** Programs that read the variables FLAG, MODE and NUM. */
export function openProgramsOf(seed: number, count: number): readonly string[] {
  return programs(seed, 100_000, count, withReads, ['import os', 'if «c»:\n    d = «t»'])
}

function programs(seed: number, first: number, count: number, from: Lists, before: readonly string[]): string[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed, first + index)
    const start = `a = ${random.below(4)}\nb = ${random.one(['2', 'None', '-1', "'s'"])}\nc = ${random.one(['[1, 2]', '[]', "['m', 3]"])}\nd = ${random.one(["'x'", "''", "'k'"])}\ne = None`
    const body = Array.from({ length: 2 + random.below(5) }, () => statement(random, 0, from)).filter(
      (one) => !one.startsWith('global'),
    )
    const [imports = [], ...reading] = [before.slice(0, 1), ...before.slice(1)]
    return [...imports, start, ...reading.map((one) => filled(one, random, 0, from)), ...body].join('\n')
  })
}
