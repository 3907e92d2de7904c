import { describe, expect, it } from 'vitest'
import { pathKind } from '../../../src/app/settings/path-kind.ts'
import { toldOf } from '../../../src/evaluate/condition.ts'
import { run } from '../../evaluate/python/run.ts'

/** The conditions of the alternative of `X` with this value. */
function conditions(source: string, value: bigint) {
  const evaluation = run({ 'settings.py': source }, { others: 'unknown', packages: () => 'installed' })
  const found = evaluation.get('X')?.alternatives.find((one) => one.value.type === 'int' && one.value.value === value)
  return found?.when ?? []
}

const read = 'from decouple import config\nX = 1 if config("LIVE", default=True, cast=bool) else 2'

describe('a variable that reads as false', () => {
  it('is not said to be set', () => {
    expect(toldOf(conditions(read, 2n)).map(({ text }) => text.en)).toEqual(['LIVE reads as false'])
    expect(conditions(read, 2n)).toHaveLength(2)
  })

  it('is not any text', () => {
    expect(pathKind(conditions(read, 2n))).toBe('deliberate')
    expect(pathKind(conditions('import os\nX = 1 if os.environ.get("LIVE") else 2', 1n))).toBe('any-text')
  })
})
