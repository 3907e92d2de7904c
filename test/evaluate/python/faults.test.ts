import { describe, expect, it } from 'vitest'
import { createSession } from '../../../src/evaluate/python/evaluate.ts'
import { runOnce } from '../../../src/evaluate/python/explore/outcome.ts'
import { type Libraries, library, native, nativeClass } from '../../../src/evaluate/python/library.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { takeFaults } from '../../support/faults.ts'
import { environment } from './run.ts'

/** A library with the bugs a model could have. */
const broken = library('broken', {
  call: native('broken.call', () => {
    throw new TypeError('not written for this')
  }),
  thing: nativeClass({
    class: 'broken.thing',
    bases: [],
    get: () => {
      throw new RangeError('out of range')
    },
  }),
})

function run(source: string) {
  const session = createSession({
    tree: memoryTree({ 'settings.py': source }),
    module: 'settings',
    environment: environment({}),
    searchPath: [''],
    packages: () => 'installed',
  })
  const libraries: Libraries = {
    has: (module) => module === 'broken' || session.libraries.has(module),
    get: (module) => (module === 'broken' ? broken : session.libraries.get(module)),
  }
  const outcome = runOnce({ ...session, libraries }, { before: [], name: 'settings', file: undefined }, new Map())
  return { outcome, faults: takeFaults() }
}

describe('a library model that throws a JavaScript error', () => {
  it('costs the result of its call, and is told with its place', () => {
    const { outcome, faults } = run('import broken\n\nA = broken.call(1)\nB = 2\n')
    expect(outcome.names.get('A')?.value).toMatchObject({
      type: 'unknown',
      reason: { en: '`broken.call` could not be evaluated' },
    })
    expect(repr(outcome.names.get('B')?.value as never)).toBe('2')
    expect(faults).toEqual([
      { model: 'broken.call', file: 'settings.py', line: 3, error: new TypeError('not written for this') },
    ])
  })

  it('ends the run where no call stands around it, and is told as well', () => {
    const { outcome, faults } = run('import broken\nA = broken.thing()\nB = A.size\nC = 3\n')
    expect(outcome.exhausted).toBe(true)
    expect(faults).toEqual([{ model: undefined, file: 'settings.py', line: 3, error: new RangeError('out of range') }])
  })

  it('is no exception that the project could catch', () => {
    const { outcome, faults } = run('import broken\ntry:\n    A = broken.call()\nexcept Exception:\n    A = None\n')
    expect(outcome.names.get('A')?.value.type).toBe('unknown')
    expect(faults).toHaveLength(1)
  })
})
