import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/config/config.ts'
import { compareFindings, type Finding } from '../../src/engine/finding.ts'
import { rule } from '../../src/engine/rule.ts'
import { distinct, run } from '../../src/engine/run.ts'
import { appOf } from '../support/app.ts'

const app = () => appOf({ Procfile: 'web: daphne a:b\n', b: 'text' })

type Said = { readonly file: string; readonly start: number; readonly end: number; readonly what: string }

/** A rule that says what it is told to. */
const saying = (id: 'app/one' | 'app/two', said: readonly Said[]) =>
  rule({
    id,
    hop: 'http',
    severity: 'error',
    summary: { en: 's', fr: 's' },
    messages: { said: { text: { en: '{what}', fr: '{what}' }, help: { en: 'h', fr: 'h' } } },
    check(_, report) {
      for (const { file, start, end, what } of said)
        report('said', { at: { file, span: { start, end } }, data: { what } })
    },
  })

const broken = rule({
  id: 'app/broken',
  hop: 'handshake',
  severity: 'error',
  summary: { en: 's', fr: 's' },
  messages: { said: { text: { en: 'x', fr: 'x' }, help: { en: 'h', fr: 'h' } } },
  check() {
    throw new Error('broken')
  },
})

const written = ({ at: { file, span }, rule, message }: Finding): string =>
  `${file} ${span.start}-${span.end} ${rule} ${message.en}`

describe('the findings of a run', () => {
  it('stand by file, beginning, end, rule and message, whatever order they were found in', () => {
    const one = saying('app/one', [
      { file: 'b', start: 0, end: 1, what: 'x' },
      { file: 'a', start: 2, end: 3, what: 'y' },
      { file: 'a', start: 2, end: 3, what: 'x' },
      { file: 'a', start: 10, end: 11, what: 'x' },
      { file: 'a', start: 2, end: 9, what: 'x' },
    ])
    const two = saying('app/two', [{ file: 'a', start: 2, end: 3, what: 'a' }])
    const expected = [
      'a 2-3 app/one x',
      'a 2-3 app/one y',
      'a 2-3 app/two a',
      'a 2-9 app/one x',
      'a 10-11 app/one x',
      'b 0-1 app/one x',
    ]
    for (const rules of [
      [one, two],
      [two, one],
    ])
      expect(run(app(), rules, defaultConfig).findings.map(written)).toEqual(expected)
  })

  it('are told once each, and apart where only the message differs', () => {
    const twice = saying('app/one', [
      { file: 'a', start: 0, end: 1, what: 'x' },
      { file: 'a', start: 0, end: 1, what: 'y' },
      { file: 'a', start: 0, end: 1, what: 'x' },
    ])
    expect(run(app(), [twice], defaultConfig).findings.map(written)).toEqual(['a 0-1 app/one x', 'a 0-1 app/one y'])
  })

  it('are compared the same both ways', () => {
    const [first, second] = run(
      app(),
      [
        saying('app/one', [
          { file: 'a', start: 0, end: 1, what: 'x' },
          { file: 'a', start: 0, end: 1, what: 'y' },
        ]),
      ],
      defaultConfig,
    ).findings as [Finding, Finding]
    expect(Math.sign(compareFindings(first, second))).toBe(-1)
    expect(Math.sign(compareFindings(second, first))).toBe(1)
    expect(compareFindings(first, { ...first })).toBe(0)
  })

  it('have the severity that the configuration gives their rule, and none of a rule that is off', () => {
    const one = saying('app/one', [{ file: 'a', start: 0, end: 1, what: 'x' }])
    const two = saying('app/two', [{ file: 'a', start: 0, end: 1, what: 'x' }])
    const config = { ...defaultConfig, rules: { 'app/one': 'info', 'app/two': 'off' } } as const
    expect(run(app(), [one, two], config).findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['app/one', 'info'],
    ])
  })
})

describe('a rule that throws', () => {
  it('is named, leaves what it would judge unknown, and does not silence the others', () => {
    const one = saying('app/one', [{ file: 'a', start: 0, end: 1, what: 'x' }])
    const { findings, failures, unknowns } = run(app(), [broken, one], defaultConfig)
    expect(findings.map(written)).toEqual(['a 0-1 app/one x'])
    expect(failures).toEqual([{ rule: 'app/broken', error: new Error('broken') }])
    expect([...unknowns].flatMap(([hop, all]) => (all.length > 0 ? [hop] : []))).toEqual(['handshake'])
    expect(unknowns.get('handshake')).toEqual([
      {
        what: { en: 'app/broken', fr: 'app/broken' },
        why: { en: 'dynolint itself failed here', fr: 'dynolint lui-même a échoué ici' },
        at: undefined,
      },
    ])
  })
})

describe('what could not be told', () => {
  const text = (en: string) => ({ en, fr: en })
  const untold = (what: string, why: string, start?: number, file = 'a') => ({
    what: text(what),
    why: text(why),
    at: start === undefined ? undefined : { file, span: { start, end: start + 1 } },
  })

  it('is one thing when what, why and place are the same', () => {
    const all = [
      untold('x', 'y', 1),
      untold('x', 'y', 1),
      untold('x', 'z', 1),
      untold('z', 'y', 1),
      untold('x', 'y', 2),
    ]
    expect(distinct([...all, untold('x', 'y'), untold('x', 'y'), untold('x', 'y', 1, 'b')])).toEqual([
      all[0],
      all[2],
      all[3],
      all[4],
      untold('x', 'y'),
      untold('x', 'y', 1, 'b'),
    ])
  })
})
