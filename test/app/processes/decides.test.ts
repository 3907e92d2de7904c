import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

/** Of each program that a release starts, whether the release fails when it does. */
function decided(command: string, script = ''): Record<string, boolean> {
  const app = appOf({ Procfile: `release: ${command}\n`, 'bin/release.sh': script })
  return Object.fromEntries(
    (app.processes.release?.steps ?? []).map((step) => [
      step.argv.map(({ parts }) => parts.join('')).join(' '),
      step.decides,
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
