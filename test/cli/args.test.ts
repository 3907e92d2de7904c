import { describe, expect, it } from 'vitest'
import { languageAsked, languageOf, readArguments } from '../../src/cli/args.ts'
import { type Io, UsageError } from '../../src/cli/io.ts'
import { today } from '../support/app.ts'

function io(env: Record<string, string> = {}, terminal = false): Io {
  return { cwd: '/', today, env, terminal, out() {}, err() {} }
}

function refusal(argv: string[]): string {
  try {
    readArguments(argv, io())
  } catch (error) {
    if (error instanceof UsageError) return error.text.en
    throw error
  }
  throw new Error('accepted')
}

describe('readArguments', () => {
  it('defaults to check', () => {
    expect(readArguments(['backend'], io())).toMatchObject({
      command: 'check',
      rest: ['backend'],
      format: 'text',
      failOn: 'error',
    })
    expect(readArguments([], io())).toMatchObject({ command: 'check', rest: [] })
    expect(readArguments(['explain', 'x/y'], io())).toMatchObject({ command: 'explain', rest: ['x/y'] })
  })

  it('reads options anywhere, also joined', () => {
    const args = readArguments(
      ['check', '.', '--format=json', '--fail-on', 'warning', '--env', 'A=b=c', '--unset', 'D', '-v'],
      io(),
    )
    expect(args).toMatchObject({ format: 'json', failOn: 'warning', env: { A: 'b=c', D: false }, verbose: true })
  })

  it('reads a log as of the past: it fails nothing unless it is asked to', () => {
    const given = readArguments(['logs', '--file', 'app.log', '--follow', 'backend'], io())
    expect(given).toMatchObject({ command: 'logs', rest: ['backend'], file: 'app.log', follow: true, failOn: 'never' })
    expect(readArguments(['logs', '--fail-on', 'warning'], io()).failOn).toBe('warning')
    expect(refusal(['check', '--file', 'app.log'])).toBe(
      '--file belongs to dynolint logs; dynolint check would ignore it',
    )
  })

  it('refuses what it does not know, and names the nearest', () => {
    expect(refusal(['--fromat', 'json'])).toBe('unknown option --fromat; did you mean --format?')
    expect(refusal(['--format', 'xml'])).toContain(
      '--format is one of text, concise, json, html, markdown, github, sarif, gitlab, junit, checkstyle, rdjson',
    )
    expect(refusal(['--fail-on'])).toBe('--fail-on needs a value')
    expect(refusal(['--verbose=yes'])).toBe('--verbose takes no value')
    expect(refusal(['--env', 'NAME'])).toContain('NAME=VALUE')
  })

  it('colours a terminal only, unless told otherwise', () => {
    const colour = (argv: string[], env: Record<string, string>, terminal: boolean) =>
      readArguments(argv, io(env, terminal)).colour
    expect(colour([], {}, true)).toBe(true)
    expect(colour([], {}, false)).toBe(false)
    expect(colour([], { NO_COLOR: '1' }, true)).toBe(false)
    expect(colour([], { NO_COLOR: '' }, true)).toBe(true)
    expect(colour([], { FORCE_COLOR: '1' }, false)).toBe(true)
    expect(colour([], { FORCE_COLOR: '0' }, true)).toBe(false)
    expect(colour(['--color', 'always'], { NO_COLOR: '1' }, false)).toBe(true)
    expect(colour(['--color=never'], { FORCE_COLOR: '1' }, true)).toBe(false)
  })
})

describe('languageOf', () => {
  it('follows the first locale variable that is set', () => {
    expect(languageOf({ LANG: 'fr_FR.UTF-8' })).toBe('fr')
    expect(languageOf({ LC_ALL: 'en_US', LANG: 'fr_FR' })).toBe('en')
    expect(languageOf({ LC_ALL: '', LANG: 'fr' })).toBe('fr')
    expect(languageOf({ LC_ALL: 'C' })).toBe('en')
    expect(languageOf({})).toBe('en')
  })
})

describe('the language of a mistake', () => {
  it('is the one that is asked for, wherever that stands and whatever else is wrong', () => {
    expect(languageAsked(['--formt', 'json', '--lang', 'fr'], {})).toBe('fr')
    expect(languageAsked(['--lang=fr', '--unset', '--nope'], { LANG: 'en_US' })).toBe('fr')
    expect(languageAsked(['--lang', 'de'], { LANG: 'fr_FR' })).toBe('fr')
    expect(languageAsked(['--lang'], {})).toBe('en')
    expect(languageAsked([], { LC_ALL: 'fr_FR' })).toBe('fr')
  })

  it('an option is no value of the one before it', () => {
    expect(refusal(['--unset', '--lang', 'fr'])).toBe('--unset needs a value')
    expect(refusal(['--config', '-v'])).toBe('--config needs a value')
    expect(readArguments(['--config=-v', '--env', 'A=-1'], io())).toMatchObject({ config: '-v', env: { A: '-1' } })
  })
})
