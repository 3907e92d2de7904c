import { describe, expect, it } from 'vitest'
import { sameValue } from '../../../src/evaluate/python/equality.ts'
import { toJson } from '../../../src/evaluate/python/json.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import type { Value } from '../../../src/evaluate/python/value.ts'
import { redisUrl, run } from './run.ts'

function value(expression: string): Value {
  const source = `import os, ext, re\nfrom datetime import timedelta\nfrom pathlib import Path\nu = os.environ['REDIS_URL']\nX = ${expression}`
  const evaluation = run(source, { env: { REDIS_URL: redisUrl, V: 'set?' }, packages: () => 'installed' })
  const found = evaluation.get('X')?.alternatives[0]?.value
  if (found === undefined) throw new Error(evaluation.certainCrash?.message ?? 'unbound')
  return found
}

describe('a value as JSON', () => {
  it.each([
    ['None', null],
    ['True', true],
    ['3', 3],
    ['10 ** 20', { $int: '100000000000000000000' }],
    ['1.5', 1.5],
    ["float('nan')", { $float: 'nan' }],
    ["'x'", 'x'],
    ["{'a': {'b': 1}}", { a: { b: 1 } }],
    ['{1: 2}', { $dict: [[1, 2]] }],
    ["{'$a': 2}", { $dict: [['$a', 2]] }],
    ["{'b', 'a'}", { $type: 'set', repr: "{'b', 'a'}", items: ['a', 'b'] }],
    ['-0.0', { $float: '-0.0' }],
    ["{'undetermined': 2}", { $dict: [['undetermined', 2]] }],
    ["b'x'", { $type: 'bytes', repr: "b'x'", value: 'x' }],
    ['timedelta(hours=1)', { $type: 'datetime.timedelta', repr: '<datetime.timedelta>', value: 3600 }],
    ["re.compile('a+')", { $type: 're.Pattern', repr: '<re.Pattern>', value: 'a+' }],
    ["Path('/app') / 'x'", { $type: 'pathlib.Path', repr: "Path('/app/x')", value: '/app/x' }],
    [
      'u',
      {
        $template: 'rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>',
        parts: [
          'rediss://:',
          { name: 'REDIS_URL.password', chars: 'word', nonEmpty: true },
          '@',
          { name: 'REDIS_URL.host', chars: 'host', nonEmpty: true },
          ':',
          { name: 'REDIS_URL.port', chars: 'digits', nonEmpty: true },
        ],
      },
    ],
    ['ext.thing', { $type: 'external', repr: 'ext.thing' }],
    [
      "ext.call(1, k='v')",
      { $type: 'call', repr: "ext.call(1, k='v')", path: 'ext.call()', args: [1], keywords: { k: 'v' } },
    ],
    ['len(u)', { undetermined: 'what `len()` gives is not known', type: 'int' }],
    ["int(os.environ['V'])", { undetermined: 'what `int()` gives is not known', variable: 'V', type: 'int' }],
    ['[1, *ext.x]', [1, { $more: 'what `ext.x` gives is not known' }]],
    ["{'a': 1, **ext.x}", { a: 1, $more: 'what `ext.x` holds is not known' }],
  ])('%s', (expression, expected) => {
    expect(toJson(value(expression)).value).toEqual(expected)
  })

  it.each([
    ["(1, 'a', [None])", [1, 'a', [null]], { '': 'tuple' }],
    [
      "{'a/b': [('x', 2.0)], 'c~': 1.5}",
      { 'a/b': [['x', 2]], 'c~': 1.5 },
      { '/a~1b/0': 'tuple', '/a~1b/0/1': 'float' },
    ],
    ['{(1, 2): 3.0}', { $dict: [[[1, 2], 3]] }, { '/$dict/0/0': 'tuple', '/$dict/0/1': 'float' }],
    ['{(1, 2)}', { $type: 'set', repr: '{(1, 2)}', items: [[1, 2]] }, { '/items/0': 'tuple' }],
    ['ext.call((1,), k=())', expect.anything(), { '/args/0': 'tuple', '/keywords/k': 'tuple' }],
  ])('says which arrays were tuples and which numbers floats: %s', (expression, shown, types) => {
    expect(toJson(value(expression))).toEqual({ value: shown, types })
  })

  it('ends for a value that holds itself', () => {
    const evaluation = run("X = {}\nX['self'] = X\nY = []\nY.append(Y)")
    expect(toJson(evaluation.get('X')?.alternatives[0]?.value as Value)).toEqual({
      value: { self: { $type: 'cycle' } },
    })
    expect(repr(evaluation.get('Y')?.alternatives[0]?.value as Value).length).toBeLessThan(130)
  })
})

describe('repr', () => {
  it('is as Python writes it, and bounded', () => {
    expect(repr(value("{'a': [1, (2,), \"it's\"], 'b': {3}}"))).toBe("{'a': [1, (2,), \"it's\"], 'b': {3}}")
    expect(repr(value('list(range(1000))'), 40)).toHaveLength(40)
    expect(repr(value("'x' * 1000"))).toHaveLength(120)
  })
})

describe('sameValue', () => {
  it.each([
    ["{'a': [1]}", "{'a': [1]}", true],
    ["{'a': [1]}", "{'a': [2]}", false],
    ['1', 'True', false],
    ["u + '/0'", "u + '/0'", true],
    ["u + '/0'", "u + '/1'", false],
    ['ext.f(1)', 'ext.f(1)', true],
    ['ext.f(1)', 'ext.f(2)', false],
    ["Path('/a')", "Path('/a')", true],
    ["Path('/a')", "Path('/b')", false],
    ['lambda: 1', 'lambda: 1', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(sameValue(value(a), value(b))).toBe(expected)
  })
})
