import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

/** Of each program that a release starts, whether the release fails when it does. */
const decided = (command: string, script = '') => told(command, script, 'decides')

/** Those of which nobody sees that they fail. */
const spared = (command: string, script = '') =>
  Object.entries(told(command, script, 'spared')).flatMap(([name, is]) => (is ? [name] : []))

function told(command: string, script: string, what: 'decides' | 'spared'): Record<string, boolean> {
  const app = appOf({ Procfile: `release: ${command}\n`, 'bin/release.sh': script })
  return Object.fromEntries(
    (app.processes.release?.steps ?? []).map((step) => [
      step.argv.map(({ parts }) => parts.join('')).join(' '),
      step[what],
    ]),
  )
}

describe('a command on which the process rests', () => {
  it('is the last one, and what stands before `&&` of it', () => {
    expect(decided('one; two && three')).toEqual({ one: false, two: true, three: true })
  })

  it('is none that `||` or `&` lets pass', () => {
    expect(decided('one || true; two & three')).toEqual({ one: false, two: false, three: true })
  })

  it('is none of a pipeline before its last, unless with pipefail, and none behind `!`', () => {
    expect(decided('one | two')).toEqual({ one: false, two: true })
    expect(decided('bash bin/release.sh', 'set -o pipefail\none | two\n')).toMatchObject({ one: true, two: true })
    expect(decided('! one')).toEqual({ one: false })
    expect(decided('bash bin/release.sh', 'set -e\n! one\ntwo\n')).toMatchObject({ one: false, two: true })
  })

  it('is each one of a script with `set -e`, as far as that acts', () => {
    const script = 'set -e\none\nif two; then three; fi\nfour && five\nsix\n'
    expect(decided('bash bin/release.sh', script)).toMatchObject({
      one: true,
      two: false,
      three: true,
      four: false,
      six: true,
    })
  })

  it('is the last one of a script without', () => {
    expect(decided('bash bin/release.sh && seven', 'one\ntwo\n')).toEqual({ one: false, two: true, seven: true })
    expect(decided('bash bin/release.sh; seven', 'set -e\none\ntwo\n')).toEqual({ one: false, two: false, seven: true })
  })
})

describe('a command whose failure leaves no trace', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['one || true', ['one']],
    ['one || echo "no database" >&2', ['one']],
    ['one && two || :', ['one', 'two']],
    ['one || { echo a; printf b; }', ['one']],
    ['one || exit 1', []],
    ['one || { echo a; exit 1; }', []],
    ['one || two', []],
    ['one && two', []],
    ['one; two', ['one']],
    ['one; exit $?', []],
    ['one && (two || true)', ['two']],
    ['one | two', ['one']],
    ['if one; then echo a; else echo b; fi', ['one']],
    ['if one; then echo a; fi', ['one']],
    ['if one; then two; else exit 1; fi', []],
    ['if ! one; then echo a; fi', ['one']],
    ['if ! one; then exit 1; fi', []],
    ['if one; then echo a; elif two; then echo b; fi', []],
    ['until one; do sleep 1; done', []],
  ]
  it.each(cases)('%s', (command, expected) => {
    expect(spared(command).filter((name) => !name.startsWith('sleep'))).toEqual(expected)
  })

  it('is none that `set -e` ends, nor one whose status is looked at next', () => {
    expect(spared('bash bin/release.sh', 'set -e\none\ntwo\n')).toEqual([])
    expect(spared('bash bin/release.sh', 'one\nstatus=$?\ntwo\nthree\n')).toEqual(['two'])
    expect(spared('bash bin/release.sh', 'go() { one; two; }\ngo || exit 1\n')).toEqual(['one'])
  })
})
