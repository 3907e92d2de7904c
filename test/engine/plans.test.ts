import { describe, expect, it } from 'vitest'
import type { Edit } from '../../src/contracts/edit.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { plansOf } from '../../src/engine/plans.ts'
import { memoryTree } from '../../src/files/memory.ts'

const tree = memoryTree({ Procfile: 'web: gunicorn mysite.wsgi\n', 'requirements.txt': 'django\n' })
const word = { file: 'Procfile', span: { start: 5, end: 13 } }
const command = { file: 'Procfile', span: { start: 5, end: 25 } }
const end = { file: 'requirements.txt', span: { start: 7, end: 7 } }

function finding(symbol: string, at: Finding['at'], ...ways: [safety: 'safe' | 'unsafe', ...edits: Edit[]][]): Finding {
  const text = { en: symbol, fr: symbol }
  return {
    ...{
      rule: 'deps/x',
      kind: 'one',
      hop: 'boot',
      severity: 'error',
      certainty: 'certain',
      condition: undefined,
      message: text,
    },
    ...{ help: text, at, related: [], beside: false, security: false, symbol },
    fixes: ways.map(([safety, ...edits], index) => ({ title: { en: `${symbol} ${index}`, fr: '' }, safety, edits })),
  } as Finding
}

const shown = (...findings: Finding[]) =>
  plansOf(tree, findings).map(({ findings: of, choices }) => ({
    of: of.map(({ symbol }) => symbol),
    choices: choices.map(({ fixes, safety }) => `${safety}: ${fixes.map(({ title }) => title.en).join(' + ')}`),
  }))

describe('plansOf', () => {
  it('leaves out the package of a server that another fix replaces, and offers both ways of that one', () => {
    const server = finding(
      'server',
      word,
      ['unsafe', { ...command, text: 'daphne mysite.asgi:application' }, { ...end, text: 'daphne\n' }],
      ['unsafe', { file: 'Procfile', span: { start: 13, end: 13 }, text: ' -k w' }, { ...end, text: 'gunicorn\n' }],
    )
    const missing = finding('missing', word, ['safe', { ...end, text: 'gunicorn\n' }])
    const plan = { of: ['server', 'missing'], choices: ['unsafe: server 0', 'unsafe: server 1'] }
    expect(shown(server, missing)).toEqual([plan])
    expect(shown(missing, server)).toEqual([{ ...plan, of: ['missing', 'server'] }])
  })

  it('takes two values for one text as a choice', () => {
    const pin = { file: 'requirements.txt', span: { start: 6, end: 6 } }
    const text = { file: 'requirements.txt', span: { start: 0, end: 6 } }
    expect(
      shown(
        finding('a', text, ['unsafe', { ...text, text: 'django==5' }]),
        finding('b', text, ['safe', { ...text, text: 'django==4' }]),
      ),
    ).toEqual([{ of: ['a', 'b'], choices: ['unsafe: a 0', 'safe: b 0'] }])
    expect(shown(finding('c', pin, ['safe', { ...pin, text: '==5' }]))).toHaveLength(1)
  })

  it('joins what changes one line when it is equally safe', () => {
    const host = finding('host', word, ['safe', { file: 'Procfile', span: { start: 13, end: 13 }, text: ' -b' }])
    const port = finding('port', word, ['safe', { file: 'Procfile', span: { start: 25, end: 25 }, text: ' -p' }])
    const other = finding('other', word, ['unsafe', { file: 'Procfile', span: { start: 25, end: 25 }, text: ' -x' }])
    expect(shown(host, port)).toEqual([{ of: ['host', 'port'], choices: ['safe: host 0 + port 0'] }])
    expect(shown(host, other)).toHaveLength(2)
  })

  it('keeps lines apart that are only added at the same place', () => {
    const one = finding('one', word, ['safe', { ...end, text: 'daphne\n' }])
    const two = finding('two', word, ['safe', { ...end, text: 'redis\n' }])
    expect(shown(one, two)).toHaveLength(2)
  })
})
