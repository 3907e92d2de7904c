import { describe, expect, it } from 'vitest'
import rule from '../../../rules/settings/debug/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../app/settings/support.ts'

const told = (lines: string) => {
  const app = appOf({ 'mysite/settings.py': `import os\nINSTALLED_APPS = ['channels']\n${lines}` })
  const { findings, unknowns } = run(app, [rule], defaultConfig)
  return [
    ...findings.map((one) => one.rule),
    ...[...unknowns.values()].flat().map(({ what, why }) => `${what.en}: ${why.en}`),
  ]
}

describe('a setting that is wrong only where nobody can tell whether the dyno goes', () => {
  it('goes on record with what decides', () => {
    expect(told("DEBUG = False\nif os.uname()[1] != 'mine':\n    DEBUG = True\n")).toEqual([
      "DEBUG: nobody can tell whether `os.uname()[1] != 'mine'` is true",
    ])
  })

  it('is no matter where it is right on every path', () => {
    expect(told("DEBUG = False\nif os.uname()[1] != 'mine':\n    DEBUG = 0\n")).toEqual([])
  })
})
