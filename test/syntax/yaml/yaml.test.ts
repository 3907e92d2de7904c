import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { at, type DataNode, plainOf, textOf } from '../../../src/syntax/data.ts'
import { parseYaml } from '../../../src/syntax/yaml/yaml.ts'

const plain = (node: DataNode | undefined): unknown => (node === undefined ? null : plainOf(node))

const documents = [
  'a: 1\nb:\n  c: d e\n  f: "g: h" # comment\n',
  'run:\n  web: daphne -p $PORT app.asgi:application\n  worker:\n    command:\n      - celery -A x worker\n    image: web\n',
  'setup:\n  addons:\n  - plan: heroku-redis:mini\n    as: CACHE\n  - plan: heroku-postgresql\n',
  '- a\n- - b\n  - c\n-\n  d: e\n- f: g\n  h: i\n',
  "a: 'it''s'\nb: \"tab\\tnew\\nline \\u00e9\"\n",
  'a: |\n  one\n    two\n\n  three\nb: >-\n  fold\n  ed\n\n  para\nc: |-\n  x\n',
  'a: [b, "c, d", {e: f}]\ng: {h: i, j: [k]}\n',
  'a: [\n  b, # c\n  d\n]\ne: f\n',
  'a: one\n  two\n  three\nb: x#y z\n',
  '# only\n\n---\na: b\n',
  'url: https://example.com:80/x\nempty:\nnext: 1\n',
  'a: &a {b: 1, c: 2}\nd: *a\ne:\n  <<: *a\n  c: 3\nf:\n  c: 4\n  <<: [{c: 5, g: 6}, *a]\n',
  'a: &a\n  - x\nb: {<<: {c: d}, e: *a}\n',
  'a: !!str 1\nb: [c: d, e]\nt: true\nn: ~\nd: -1.5e3\n',
]

describe('against the yaml package', () => {
  for (const text of documents) {
    it(`reads ${JSON.stringify(text).slice(0, 60)}`, () => {
      const { root, problems } = parseYaml(text)
      expect(problems).toEqual([])
      expect(plain(root)).toEqual(parse(text, { merge: true }))
    })
  }

  it('reads back what the package writes, every text at its place', () => {
    const key = fc.stringMatching(/^[a-zA-Z][\w-]{0,8}$/)
    const text = fc.oneof(
      fc.stringMatching(/^[\w$/.-][\w $/.:=@-]{0,20}[\w$]$/),
      fc.string({ maxLength: 12 }).filter((value) => /^[\x20-\x7e]*$/.test(value)),
    )
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
        fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 4 }),
      ),
    })).node
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1 }), (value) => {
        const written = stringify(value, { lineWidth: 0 })
        const { root, problems } = parseYaml(written)
        expect(problems).toEqual([])
        expect(plain(root)).toEqual(JSON.parse(JSON.stringify(value)))
        for (const node of nodesOf(root)) expectPlace(written, node)
      }),
      { numRuns: 300 },
    )
  })
})

function nodesOf(node: DataNode | undefined): DataNode[] {
  if (node === undefined) return []
  const below =
    node.kind === 'list' ? node.items : node.kind === 'table' ? [...node.entries.values()].map((one) => one.value) : []
  return [node, ...below.flatMap(nodesOf)]
}

function expectPlace(text: string, node: DataNode): void {
  expect(node.span.start).toBeLessThanOrEqual(node.span.end)
  expect(node.span.end).toBeLessThanOrEqual(text.length)
  if (node.kind !== 'text') return
  const written = text.slice(node.content.start, node.content.end)
  // What is not there character by character has escapes, doubled quotes or several lines.
  if (written !== node.text) expect(written).toMatch(/\\|''|\n/)
}

describe('spans', () => {
  it('point at keys and the inside of quotes', () => {
    const text = 'run:\n  "web": "daphne"\n'
    const run = at(parseYaml(text).root, 'run')
    const web = run?.kind === 'table' ? run.entries.get('web') : undefined
    expect(text.slice(web?.key.start, web?.key.end)).toBe('"web"')
    const value = web?.value
    expect(value?.kind === 'text' && text.slice(value.content.start, value.content.end)).toBe('daphne')
  })

  it('of an alias are those of what it names', () => {
    const text = 'a: &x daphne\nb: *x\n'
    const b = at(parseYaml(text).root, 'b')
    expect(textOf(b)).toBe('daphne')
    expect(text.slice(b?.span.start, b?.span.end)).toBe('daphne')
  })
})

describe('broken documents', () => {
  const told = (text: string, only = false) =>
    parseYaml(text, only).problems.map(({ span, message }) => [text.slice(span.start, span.end), message.en])

  it('say where', () => {
    expect(told('a: "b\nc: d\n')).toEqual([['"', 'the quote is never closed']])
    expect(told('a: "b\\"')).toEqual([['"', 'the quote is never closed']])
    expect(told('a: [b\nc: d\n')).toEqual([
      ['c', 'this line fits no level of indentation above it, or a bracket above is never closed'],
    ])
    expect(told('a: b\n\tc: d\n')).toEqual([['\t', 'a tab cannot indent in YAML']])
    expect(told('a: b\na: c\n')).toEqual([['a', 'the key "a" stands twice']])
    expect(told('a: b: c\n')).toEqual([['b', 'a mapping cannot begin here']])
    expect(told('exclude: *.txt\n')).toEqual([
      ['*.txt', 'no anchor `&.txt` stands above this alias (a text that begins with * needs quotes)'],
    ])
    expect(told('a: &a [*a]\n')).toEqual([['*a', 'the alias `*a` stands inside what it names']])
    expect(told('a:\n  <<: text\n')).toEqual([['text', '`<<` takes a mapping, or a list of mappings']])
    expect(told('[a]: b\n')).toEqual([['[a]', 'a key must be a text']])
  })

  it('of several documents the first is read; it can be asked to be the only one', () => {
    const text = 'a: 1\n---\nb: 2\n'
    expect(plain(parseYaml(text).root)).toEqual({ a: 1 })
    expect(told(text)).toEqual([])
    expect(told(text, true)).toEqual([
      [expect.anything(), 'a second document begins here; only the first would be read'],
    ])
  })

  it('that alias themselves into the millions, or go down thousands of levels, are refused', () => {
    const bomb = [
      'a0: &a0 x',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`),
    ]
    expect(told(bomb.join('\n'))).toEqual([
      [expect.stringMatching(/^\*a\d$/), 'the aliases of this document repeat each other too often to be read'],
    ])
    for (const unit of ['[', '- ', '{a: ', '? ']) expect(told(unit.repeat(4000)).length).toBeGreaterThan(0)
    const blocks = Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')
    expect(told(blocks)).toEqual([['a', 'more than 200 levels in each other are not read']])
  })

  it('never throw', () => {
    const sound = (text: string) => {
      const { root, problems } = parseYaml(text)
      for (const { span } of problems) expect(0 <= span.start && span.start <= span.end).toBe(true)
      for (const { span } of problems) expect(span.end).toBeLessThanOrEqual(text.length)
      for (const node of nodesOf(root)) expect(node.span.start).toBeLessThanOrEqual(node.span.end)
    }
    fc.assert(fc.property(fc.string(), sound))
    const chars = fc.constantFrom(...'a: \n-"\'[]{}#|>\t,&*!<?%')
    fc.assert(
      fc.property(
        fc.array(chars).map((all) => all.join('')),
        sound,
      ),
      { numRuns: 2000 },
    )
  })
})
