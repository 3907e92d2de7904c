import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../../src/files/tree.ts'
import { addonsOf, buildpacksOf, configOf, domainsOf, dynosOf, stackOf } from '../../src/snapshot/output.ts'
import { readRaw } from '../../src/snapshot/raw.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'
import { parseJson } from '../../src/syntax/json/json.ts'

const source = (text: string): SourceFile => ({
  path: 'x.json',
  text,
  encoding: 'utf-8',
  bom: false,
  bytes: new TextEncoder().encode(text),
  problems: [],
})

/** Begins with what no vocabulary and no public name holds. */
const secret = fc.stringMatching(/^[A-Za-z0-9+/=@:.-]{0,20}$/).map((text) => `QzQ7Q${text}`)
const json = (value: unknown) => parseJson(JSON.stringify(value)).root

describe('what the CLI prints', () => {
  it('gives nothing that is secret, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(secret, { minLength: 12, maxLength: 12 }), fc.nat(6), (s, shift) => {
        const at = (index: number) => s[(index + shift) % s.length] as string
        const app = { id: at(0), name: 'chat' }
        const addons = [
          {
            app,
            name: at(1),
            addon_service: { id: at(2), name: `heroku-redis` },
            plan: { id: at(3), name: `heroku-redis:${at(4).replaceAll(':', '')}!` },
            config_vars: ['REDIS_URL', `${at(5)} `],
            attachments: [{ name: `${at(6)}-`, app: { name: 'chat' } }],
            web_url: `https://${at(7)}`,
          },
        ]
        const dynos = [{ type: 'web', name: at(8), size: `${at(9)} `, command: at(10), state: at(11) }]
        const domains = [{ hostname: `${at(0)}_.example.com`, cname: at(1), kind: at(2) }]
        const config = {
          A: at(3),
          ALLOWED_HOSTS: at(4),
          DJANGO_SETTINGS_MODULE: at(5),
          REDIS_URL: `redis://${at(6)}`,
          [`${at(7)} `]: 'x',
        }
        const written = JSON.stringify([
          addonsOf(json(addons), 'chat'),
          dynosOf(json(dynos)),
          domainsOf(json(domains)),
          configOf(json(config), ['chat-123.herokuapp.com']),
          buildpacksOf(`=== chat Buildpack URL\n\nhttps://${at(8)}@github.com/a/b\nhttps://example.com/${at(9)}\n`),
          stackOf(`=== chat Available Stacks\n* ${at(10)}_\n`),
        ])
        expect(written).not.toContain('QzQ7Q')
        expect(written).not.toContain('qzq7q')
      }),
      { numRuns: 1000 },
    )
  })

  it('is refused when it is something else', () => {
    expect(configOf(json({ A: 1 }), [])).toBeUndefined()
    expect(configOf(json([]), [])).toBeUndefined()
    expect(addonsOf(json({}), undefined)).toBeUndefined()
    expect(dynosOf(json([{}]))).toBeUndefined()
    expect(domainsOf(json('x'))).toBeUndefined()
    expect(buildpacksOf('')).toBeUndefined()
    expect(stackOf('=== ⬢ chat Available Stacks\n  heroku-24\n')).toBeUndefined()
  })

  it('is understood in its older and newer wordings', () => {
    expect(buildpacksOf('=== chat Buildpack URL\n\nheroku/python\n')).toEqual(['heroku/python'])
    expect(buildpacksOf('⬢ chat has no Buildpacks.\n')).toEqual([])
    expect(stackOf('=== chat Available Stacks\n  cedar-14\n* container\n')).toBe('container')
  })
})

describe('raw output given to check', () => {
  it('is masked as a whole, also where a key stands twice', () => {
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
        const read = [
          readRaw('config', source(`{"A": ${a}, "A": ${b},\n "ALLOWED_HOSTS": ${a}}`), ['chat-123.herokuapp.com']),
          readRaw(
            'addons',
            source(`[{"name": ${a}, "name": ${b}, "plan": {"name": "heroku-redis:mini", "x": [${b}]}}]`),
            [],
          ),
          readRaw('ps', source(`[{"type": "web", "state": "up", "command": ${a}, "command": ${b}}]`), []),
        ]
        const seen = read.map((facts) =>
          'message' in facts
            ? facts
            : {
                ...facts,
                text: new TextDecoder().decode(facts.masked.bytes),
                config: [...(facts.snapshot.config ?? [])],
              },
        )
        expect(seen.every((facts) => !('message' in facts))).toBe(true)
        expect(JSON.stringify(seen)).not.toContain('QzQ7Q')
      }),
    )
  })

  it('has its places in the masked text', () => {
    const read = readRaw('addons', source('[\n {"id": "secret", "plan": {"name": "heroku-redis:mini"}}\n]'), [])
    if ('message' in read) throw new Error(read.message.en)
    const [addon] = read.snapshot.addons ?? []
    expect(addon && read.masked.text.slice(addon.at.span.start, addon.at.span.end)).toBe('mini')
    expect(read.masked.text).toBe('[\n {"id": "…", "plan": {"name": "heroku-redis:mini"}}\n]')
  })
})

describe('a file that is read', () => {
  it('never makes it fail, and is used only when it is a snapshot', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constant('{"snapshot": 1,}'),
      fc.constant('{"snapshot": 1, "snapshot": 2}'),
    )
    fc.assert(
      fc.property(text, (content) => {
        expect('message' in readSnapshot(source(content))).toBe(true)
        for (const kind of ['config', 'addons', 'ps'] as const) readRaw(kind, source(content), [])
      }),
    )
    expect(readSnapshot(source('{"snapshot": 1}'))).toMatchObject({ file: 'x.json', config: undefined })
  })
})
