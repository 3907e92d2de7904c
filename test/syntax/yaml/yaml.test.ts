import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseYaml, type YamlNode } from '../../../src/syntax/yaml/yaml.ts'

/** The document as plain values, all scalars as texts. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return null
  if (node.kind === 'map') return Object.fromEntries(node.entries.map(({ key, value }) => [key.value, plain(value)]))
  if (node.kind === 'list') return node.items.map(plain)
  return node.kind === 'scalar' ? node.value : undefined
}

function oracle(text: string): unknown {
  return parse(text, { schema: 'failsafe' })
}

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
]

describe('against the yaml package', () => {
  for (const text of documents) {
    it(`reads ${JSON.stringify(text).slice(0, 60)}`, () => {
      const { root, problems } = parseYaml(text)
      expect(problems).toEqual([])
      expect(plain(root)).toEqual(oracle(text))
    })
  }

  it('reads back what the package writes', () => {
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
        const written = stringify(value, { schema: 'failsafe', lineWidth: 0 })
        const { root, problems } = parseYaml(written)
        expect(problems).toEqual([])
        expect(plain(root)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('spans', () => {
  it('point at keys and the inside of quotes', () => {
    const text = 'run:\n  "web": "daphne"\n'
    const { root } = parseYaml(text)
    const web =
      root?.kind === 'map' && root.entries[0]?.value.kind === 'map' ? root.entries[0].value.entries[0] : undefined
    expect(text.slice(web?.key.content.start, web?.key.content.end)).toBe('web')
    const value = web?.value
    expect(value?.kind === 'scalar' && text.slice(value.content.start, value.content.end)).toBe('daphne')
  })
})

describe('broken documents', () => {
  it('say where', () => {
    expect(parseYaml('a: "b\nc: d\n').problems.length).toBeGreaterThan(0)
    expect(parseYaml('a: [b\nc: d\n').problems.length).toBeGreaterThan(0)
    expect(parseYaml('a: b\n\tc: d\n').problems.length).toBeGreaterThan(0)
    expect(parseYaml('a: b\na: c\n').problems.length).toBe(1)
    expect(parseYaml('a: b: c\n').problems.length).toBe(1)
  })

  it('never throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseYaml(text)))
    const chars = fc.constantFrom('a', ':', ' ', '\n', '-', '"', "'", '[', ']', '{', '}', '#', '|', '>', '\t', ',')
    fc.assert(
      fc.property(
        fc.array(chars).map((all) => all.join('')),
        (text) => void parseYaml(text),
      ),
      { numRuns: 2000 },
    )
  })
})
