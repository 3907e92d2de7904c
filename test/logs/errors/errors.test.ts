import { describe, expect, it } from 'vitest'
import { rules } from '../../../rules/index.generated.ts'
import { hops } from '../../../src/contracts/hop.ts'
import { codeMeaning, loggingCodes, platformCodes, routerCodes, streamEnded } from '../../../src/logs/codes.ts'
import { errorTable } from '../../../src/logs/errors/errors.ts'
import { handshakeMeanings } from '../../../src/logs/handshakes.ts'
import { crashMeaning, exitMeaning } from '../../../src/logs/process.ts'
import { announced, readWorker } from '../../../src/logs/servers.ts'
import { idleMeaning } from '../../../src/logs/sessions.ts'
import { examples } from '../examples.ts'
import { reading } from '../support.ts'

const all = [
  ...errorTable,
  ...[routerCodes, platformCodes, loggingCodes].flatMap((codes) => Object.values(codes)),
  ...[1, 2, 3, 126, 127, 137].flatMap((status) => exitMeaning(status, 'web') ?? []),
  crashMeaning('web'),
  ...handshakeMeanings,
  streamEnded,
  idleMeaning,
  announced({ name: 'runserver', what: 'listens', address: '' }),
  announced({ name: 'daphne', what: 'listens', address: '127.0.0.1:8000' }),
  readWorker('Using worker: sync'),
].filter((meaning) => meaning !== undefined)

describe('the tables', () => {
  it('have one row per id', () => {
    const ids = all.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('name rules and hops that exist', () => {
    const known = new Set(rules.map(({ id }) => id))
    const unknown = all.flatMap(({ id, rules: named }) =>
      named.filter((rule) => !known.has(rule)).map((rule) => [id, rule]),
    )
    expect(unknown).toEqual([])
    for (const { hop } of all) if (hop !== undefined) expect(hops).toContain(hop)
  })

  it('speak both languages', () => {
    for (const { id, name, meaning } of all) {
      if (typeof name !== 'string') expect(name.fr, id).not.toBe(name.en)
      expect(meaning?.en, id).toMatch(/\S\.$|\)\.$/)
      expect(meaning?.fr, id).toMatch(/\S\.$/)
      expect(meaning?.fr, id).not.toBe(meaning?.en)
      expect(meaning?.fr.replace(/`[^`]*`/g, ''), id).not.toMatch(/[^\s ][:;?!»] |'[a-zé]/)
    }
  })

  it('know every code that Heroku documents', () => {
    const codes = [
      ...Array.from({ length: 19 }, (_, i) => `H${10 + i}`),
      ...['H31', 'H32', 'H80', 'H81', 'H82', 'H83', 'H99'],
      ...['R10', 'R11', 'R12', 'R13', 'R14', 'R15', 'R16', 'R17', 'R99'],
      ...['L10', 'L11', 'L12', 'L13', 'L14', 'L15'],
    ]
    expect(codes.filter((code) => codeMeaning(code) === undefined)).toEqual([])
    expect(codeMeaning('H29')).toBeUndefined()
    expect(codeMeaning('constructor')).toBeUndefined()
  })
})

describe('the app’s errors', () => {
  it('have an example each', () => {
    expect(Object.keys(examples).sort()).toEqual(errorTable.map(({ id }) => id).sort())
  })

  for (const [id, lines] of Object.entries(examples)) {
    it(`${id} is recognised, with the prefix of Heroku and without`, () => {
      for (const text of lines) {
        expect(ids(`2026-11-22T10:00:00+00:00 app[web.1]: ${text}\n`), text).toEqual([id])
        expect(ids(`${text}\n`), text).toEqual([id])
      }
    })
  }

  it('a missing variable is told from any other KeyError by where it was raised', () => {
    const trace = (file: string): string =>
      `Traceback (most recent call last):\n  File "/app/mysite/settings.py", line 9, in <module>\n    X = os.environ['REDIS_URL']\n  File "${file}", line 685, in __getitem__\n    raise KeyError(key) from None\nKeyError: 'REDIS_URL'\n`
    expect(ids(trace('/app/.heroku/python/lib/python3.12/os.py'))).toEqual(['boot/variable-missing'])
    expect(ids(trace('<frozen os>'))).toEqual(['boot/variable-missing'])
    expect(ids(trace('/app/mysite/settings.py'))).toEqual(['exception/KeyError'])
  })
})

function ids(log: string): string[] {
  return reading(log).groups.map(({ meaning }) => meaning.id)
}
