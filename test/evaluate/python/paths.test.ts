import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

const head = 'import os\n'

/** Source after `import os`, the variables that may or may not be set, and what `X` is worth. */
const cases: readonly (readonly [string, string, string])[] = [
  ['a default', "X = os.environ.get('A', 'd')", "'d' when A is unset | '<A>' when A is set"],
  ['getenv without a default', "X = os.getenv('A')", "None when A is unset | '<A>' when A is set"],
  ['membership', "X = 'A' in os.environ", 'False when A is unset | True when A is set'],
  ['a flag', "X = os.environ.get('A') == 'True'", 'False when A is not "True" | True when A is "True"'],
  [
    'a flag with a default',
    "X = os.environ.get('A', 'False') == 'True'",
    'False when A is not "True" | True when A is "True"',
  ],
  [
    'a flag that is on by default',
    "X = os.environ.get('A', 'True') == 'True'",
    'True when A is unset | False when A is set and A is not "True" | True when A is "True"',
  ],
  [
    'one of several words',
    "X = os.environ.get('A', '').lower() in ('1', 'true')",
    'False when A.lower() is none of "1", "true" | True when A.lower() is one of "1", "true"',
  ],
  ['truth of a text', "X = 1 if os.environ.get('A') else 2", '2 when A is unset | 1 when A is set'],
  ['bool() of a text', "X = bool(os.environ.get('A', ''))", 'False when A is unset | True when A is set'],
  ['not', "X = not os.environ.get('A')", 'True when A is unset | False when A is set'],
  ['or', "X = os.environ.get('A') or 'd'", "'d' when A is unset | '<A>' when A is set"],
  [
    'two variables together',
    "X = 'both' if os.environ.get('A') and os.environ.get('B') else 'no'",
    "'no' when A is unset | 'no' when A is set and B is unset | 'both' when A is set and B is set",
  ],
  [
    'two variables through names',
    "a = bool(os.environ.get('A'))\nb = bool(os.environ.get('B'))\nX = 1\nif a:\n    if b:\n        X = 2",
    '1 when A is unset | 1 when A is set and B is unset | 2 when A is set and B is set',
  ],
  [
    'two variables through a conjunction of names',
    "a = bool(os.environ.get('A'))\nb = bool(os.environ.get('B'))\nX = a and b",
    'False when A is unset | False when A is set and B is unset | True when A is set and B is set',
  ],
  ['a name that is not concerned', "Y = os.environ.get('A')\nX = 1", '1'],
  ['a name bound on one path', "if os.environ.get('A'):\n    X = 1", '1 when A is set | - when A is unset'],
  ['a deleted name', "X = 1\nif os.environ.get('A'):\n    del X", '1 when A is unset | - when A is set'],
  [
    'a list that grows',
    "X = ['a']\nif os.environ.get('A'):\n    X.append('b')",
    "['a'] when A is unset | ['a', 'b'] when A is set",
  ],
  [
    'a nested value that changes',
    "X = {'a': {'b': 1}}\nif os.environ.get('A'):\n    X['a']['b'] = 2",
    "{'a': {'b': 1}} when A is unset | {'a': {'b': 2}} when A is set",
  ],
  [
    'an alias that changes',
    "X = {'a': {'b': 1}}\ny = X['a']\nif os.environ.get('A'):\n    y['b'] = 2",
    "{'a': {'b': 1}} when A is unset | {'a': {'b': 2}} when A is set",
  ],
  [
    'elif on one variable',
    "e = os.environ.get('A', 'dev')\nif e == 'prod':\n    X = 1\nelif e == 'dev':\n    X = 2\nelse:\n    X = 3",
    '2 when A is unset | 3 when A is set and A is not "prod" and A is not "dev" | 2 when A is "dev" | 1 when A is "prod"',
  ],
  [
    'match on a variable',
    "match os.environ.get('A'):\n    case 'prod':\n        X = 1\n    case _:\n        X = 2",
    '2 when A is not "prod" | 1 when A is "prod"',
  ],
  [
    'a key of a dict by a variable',
    "X = {'a': 1, 'b': 2}.get(os.environ.get('A', 'a'), 3)",
    '1 when A is unset | 3 when A is set and A is not "a" and A is not "b" | 2 when A is "b" | 1 when A is "a"',
  ],
  [
    'try and except KeyError',
    "try:\n    X = os.environ['A']\nexcept KeyError:\n    X = 'none'",
    "'none' when A is unset | '<A>' when A is set",
  ],
  [
    'a helper with a default',
    "def env(name, default=None):\n    return os.environ.get(name, default)\nX = env('A', 'd')",
    "'d' when A is unset | '<A>' when A is set",
  ],
  [
    'a helper that returns early',
    "def flag(name):\n    v = os.environ.get(name)\n    if v is None:\n        return False\n    return v == '1'\nX = flag('A')",
    'False when A is not "1" | True when A is "1"',
  ],
  ['an integer', "X = int(os.environ.get('A', 5))", '5 when A is unset | <A> when A is set'],
  ['a list of names', "X = os.environ.get('A', 'x,y').split(',')", "['x', 'y'] when A is unset | […] when A is set"],
  [
    'a dict spread',
    "X = {**({'a': 1} if os.environ.get('A') else {}), 'b': 2}",
    "{'b': 2} when A is unset | {'a': 1, 'b': 2} when A is set",
  ],
  [
    'what a loop builds',
    "X = []\nfor k in ('A', 'B'):\n    if k == 'A' and os.environ.get(k):\n        X.append(k)",
    "[] when A is unset | ['A'] when A is set",
  ],
  ['setdefault', "os.environ.setdefault('A', 'x')\nX = os.environ['A']", "'x' when A is unset | '<A>' when A is set"],
  ['assignment to the environment', "os.environ['A'] = 'x'\nX = os.environ.get('A')", "'x'"],
  [
    'facts about one text agree',
    "v = os.environ.get('A', '')\nX = (v == 'True', v.lower() == 'true', v in ('True', 'x'), v != 'True')",
    '(False, False, False, True) when A is unset | (False, False, False, True) when A is set and A is not "True" and A.lower() is not "true" and A is none of "True", "x" | (False, False, True, True) when A is not "True" and A.lower() is not "true" and A is one of "True", "x" | (False, True, False, True) when A is not "True" and A.lower() is "true" | (True, True, True, False) when A is "True"',
  ],
]

describe('a variable of unknown state', () => {
  it.each(cases)('%s', (_, source, expected) => {
    expect(show(run(head + source, { others: 'unknown' }), 'X')).toBe(expected)
  })

  it('is not asked about when its value is known', () => {
    const evaluation = run(`${head}X = os.environ.get('A', 'd') + os.environ['B']`, { env: { A: 'a', B: 'b' } })
    expect(show(evaluation, 'X')).toBe("'ab'")
    expect(evaluation.paths).toHaveLength(1)
  })

  it('makes one path when nothing is asked', () => {
    expect(run(`${head}X = 1`, { others: 'unknown' }).paths).toHaveLength(1)
  })

  it('has conditions that name it, its answer and the place of the question', () => {
    const source = `${head}X = os.environ.get('A') == '1'`
    const [off, on] = run(source, { others: 'unknown' }).get('X')?.alternatives ?? []
    expect(off?.when).toMatchObject([{ variable: 'A', opaque: false, holds: false }])
    expect(on?.when).toMatchObject([{ variable: 'A', opaque: false, holds: true }])
    expect(on?.when[0]?.text.fr).toBe('A vaut "1"')
    const { span } = on?.when[0]?.at ?? { span: { start: 0, end: 0 } }
    expect(source.slice(span.start, span.end)).toBe("os.environ.get('A') == '1'")
  })
})

describe('required variables', () => {
  it.each([
    ['a subscript', "X = os.environ['A']"],
    ['a guard', "X = os.environ.get('A')\nif not X:\n    raise ValueError('set A')"],
    [
      'a guard in a helper',
      "def need(k):\n    try:\n        return os.environ[k]\n    except KeyError:\n        raise RuntimeError(k)\nX = need('A')",
    ],
    ['an exit', "import sys\nX = os.environ.get('A')\nif X is None:\n    sys.exit(1)"],
    ['None plus text', "X = os.environ.get('A') + '/0'"],
    ['a method of None', "X = os.environ.get('A').split(',')"],
  ])('%s', (_, source) => {
    const evaluation = run(head + source, { others: 'unknown' })
    expect(evaluation.required.map(({ name }) => name)).toEqual(['A'])
    expect(evaluation.certainCrash).toBeUndefined()
    expect(show(evaluation, 'X')).not.toContain('when')
  })

  it('are listed once each, in order', () => {
    const source = "a = os.environ['B']\nb = os.environ['A']\nc = os.environ['B']\nd = os.environ.get('C')"
    expect(run(head + source, { others: 'unknown' }).required.map(({ name }) => name)).toEqual(['B', 'A'])
  })

  it.each([
    ['decouple', 'from decouple import config as need\n'],
    ['django-environ', 'import environ\nneed = environ.Env()\n'],
    [
      'a helper',
      'def need(k):\n    try:\n        return os.environ[k]\n    except KeyError:\n        raise RuntimeError(k)\n',
    ],
  ])('are all told that one statement reads by %s', (_, reader) => {
    const names = (source: string) =>
      run(head + reader + source, { others: 'unknown', packages: () => 'installed' }).required.map(({ name }) => name)
    expect(names("X = {'a': need('A'), 'b': [need('B'), need('C')]}")).toEqual(['A', 'B', 'C'])
    expect(names("if os.environ.get('PROD'):\n    X = {'a': need('A'), 'b': need('B')}")).toEqual([])
  })

  it('are none when the exception is caught', () => {
    const source = "try:\n    X = os.environ['A']\nexcept Exception:\n    X = None"
    expect(run(head + source, { others: 'unknown' }).required).toEqual([])
  })

  it('may be required on one path only', () => {
    const source = "if os.environ.get('PROD'):\n    X = os.environ['KEY']\nelse:\n    X = 'dev'"
    const evaluation = run(head + source, { others: 'unknown' })
    expect(evaluation.required).toEqual([])
    expect(show(evaluation, 'X')).toBe("'dev' when PROD is unset | '<KEY>' when PROD is set")
    expect(evaluation.paths.some((path) => path.crash?.variable === 'KEY')).toBe(true)
  })
})

describe('a crash', () => {
  it('is certain when no path ends', () => {
    const evaluation = run(`${head}A = 1\nX = os.environ['KEY']\nB = 2`)
    expect(evaluation.certainCrash).toMatchObject({ exception: 'KeyError', variable: 'KEY', when: [] })
    expect(show(evaluation, 'A')).toBe('1')
    expect(evaluation.get('B')).toBeUndefined()
  })

  it.each([
    ['None + "x"', 'TypeError'],
    ['undefined', 'NameError'],
    ['[].x', 'AttributeError'],
    ['1 / 0', 'ZeroDivisionError'],
    ['{}["a"]', 'KeyError'],
    ['[1][3]', 'IndexError'],
    ['int("x")', 'ValueError'],
    ['import_me', 'NameError'],
    ['len(5)', 'TypeError'],
    ['(lambda a: a)()', 'TypeError'],
    ['"a" < 1', 'TypeError'],
    ['a, b = 1, 2, 3', 'ValueError'],
    ['import settings.sub', 'ModuleNotFoundError'],
    ['from os.path import *\nimport imp', 'ModuleNotFoundError'],
    ['raise SystemExit(1)', 'SystemExit'],
    ['assert False', 'AssertionError'],
    ['class E(Exception): pass\nraise E("x")', 'E'],
    [
      'from django.core.exceptions import ImproperlyConfigured\nraise ImproperlyConfigured("x")',
      'ImproperlyConfigured',
    ],
  ])('%s', (source, exception) => {
    const evaluation = run(source, { packages: (name) => (name === 'django' ? 'installed' : 'absent') })
    expect(evaluation.certainCrash?.exception).toBe(exception)
  })

  it('carries the imports that led to it, outermost first', () => {
    const files = { 'settings.py': 'import a', 'a.py': 'x = 1\nimport b', 'b.py': 'boom' }
    const crash = run(files).certainCrash
    expect(crash?.at.file).toBe('b.py')
    expect(crash?.chain.map((place) => `${place.file}:${place.span.start}`)).toEqual(['settings.py:7', 'a.py:13'])
  })
})

describe('a value that rests on many variables', () => {
  const source = `${head}D = {'default': {k: os.environ.get(k, 'x') for k in ('N', 'U', 'P', 'H', 'O', 'E')}, 'n': 1}`

  it('keeps what all paths agree on', () => {
    const evaluation = run(source, { others: 'unknown' })
    expect(show(evaluation, 'D')).toBe(
      "{'default': {'N': <N>, 'U': <U>, 'P': <P>, 'H': <H>, 'O': <O>, 'E': <E>}, 'n': 1}",
    )
    expect(evaluation.bounded).toBe(false)
  })

  it('combines the variables that matter when they are few', () => {
    const flags = `${head}names = [os.environ.get('V%d' % i, 'x') for i in range(8)]\n`
    const evaluation = run(`${flags}X = 1 if names[3] == 'y' else 2`, { others: 'unknown' })
    expect(show(evaluation, 'X')).toBe('2 when V3 is not "y" | 1 when V3 is "y"')
  })
})
