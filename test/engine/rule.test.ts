import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import type { Edit } from '../../src/contracts/edit.ts'
import { bestFix, rule } from '../../src/engine/rule.ts'

const at = { file: 'f', span: { start: 0, end: 1 } }
const edits: Edit[] = []
declare const either: 'host' | 'port'
const summary = { en: 's', fr: 's' }

/** Never run: each line under `@ts-expect-error` has to be refused by `npm run types`, and the others not. */
const typed = rule({
  id: 'procfile/typed',
  hop: 'boot',
  severity: 'error',
  summary,
  messages: {
    none: { text: { en: 'no name', fr: 'aucun nom' }, help: { en: '{"address": url}', fr: 'f({...})' } },
    host: {
      text: { en: '{server} on {host}', fr: '{server} sur {host}' },
      help: { en: 'h', fr: 'h' },
    },
    port: {
      text: { en: 'a port', fr: 'un port, {french}' },
      help: { en: 'take {help}', fr: 'h' },
      fix: { safety: 'safe', en: 'Use {title}', fr: 't' },
    },
  },
  check(_, report) {
    report('none', { at })
    report('host', { at, data: { server: 'daphne', host: { en: 'a', fr: 'b' } } })
    report('port', { at, data: { french: 1, help: '', title: '' }, edits })
    report(either, { at, data: { server: '', host: '', french: '', help: '', title: '' }, edits })

    // @ts-expect-error: no message has this id
    report('other', { at })
    // @ts-expect-error: a message without placeholders takes no data
    report('none', { at, data: { server: '' } })
    // @ts-expect-error: all data is missing
    report('host', { at })
    // @ts-expect-error: {host} is missing
    report('host', { at, data: { server: '' } })
    // @ts-expect-error: nothing is called port
    report('host', { at, data: { server: '', host: '', port: '' } })
    // @ts-expect-error: {french} stands in the French text alone, and is missing
    report('port', { at, data: { help: '', title: '' } })
    // @ts-expect-error: {help} of the help is missing
    report('port', { at, data: { french: '', title: '' } })
    // @ts-expect-error: {title} of the fix is missing
    report('port', { at, data: { french: '', help: '' } })
    // @ts-expect-error: one of the two needs {host}
    report(either, { at, data: { server: '', french: '', help: '', title: '' } })
    // @ts-expect-error: no value is a list
    report('host', { at, data: { server: [], host: '' } })
    // @ts-expect-error: the message has no fix
    report('none', { at, edits })
    // @ts-expect-error: the severity is the message's
    report('none', { at, severity: 'info' })
  },
})

const widened = { en: '{name}', fr: '{name}' }

/** A text that is no literal would hide its placeholders: nothing can be reported with it. */
const loose = rule({
  id: 'procfile/loose',
  hop: 'boot',
  severity: 'error',
  summary,
  messages: { one: { text: widened, help: { en: 'h', fr: 'h' } } },
  check(_, report) {
    // @ts-expect-error: the text is no literal
    report('one', { at, data: { name: '' } })
    // @ts-expect-error: the text is no literal
    report('one', { at })
  },
})

describe('bestFix', () => {
  const of = (id: string) => {
    const found = rules.find((one) => one.id === id)
    return found && bestFix(found)
  }

  it('is the safest of what the messages of a rule offer', () => {
    expect(of('procfile/deprecated-worker')).toBe('safe')
    expect(of('settings/redis-url')).toBe('unsafe')
    expect(of('engine/parse-error')).toBe('none')
    expect([bestFix(typed), bestFix(loose)]).toEqual(['safe', 'none'])
  })
})

describe('the messages of the rules', () => {
  it('fill the same placeholders in both languages', () => {
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ')
    const different = rules.flatMap(({ id, messages }) =>
      Object.entries(messages).flatMap(([message, { text, help, fix }]) =>
        [text, help, ...(fix ? [fix] : [])]
          .filter(({ en, fr }) => names(en) !== names(fr))
          .map(({ en, fr }) => `${id} ${message}: ${names(en)} / ${names(fr)}`),
      ),
    )
    expect(different).toEqual([])
  })

  it('say nothing that the rule says already', () => {
    const idle = rules.flatMap(({ id, hop, severity, messages }) =>
      Object.entries(messages)
        .filter(([, message]) => message.hop === hop || message.severity === severity)
        .map(([message]) => `${id} ${message}`),
    )
    expect(idle).toEqual([])
  })
})

describe('a fix that changes behaviour', () => {
  it('says what it changes, needs or costs', () => {
    const silent = rules.flatMap(({ id, messages }) =>
      Object.entries(messages).flatMap(([name, { fix, otherFix }]) =>
        [fix, otherFix].flatMap((one) =>
          one?.safety === 'unsafe' && one.changes === undefined && one.needs === undefined && one.costs === undefined
            ? [`${id} ${name}`]
            : [],
        ),
      ),
    )
    expect(silent).toEqual([])
  })
})
