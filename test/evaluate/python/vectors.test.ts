import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

const folder = new URL('./vectors/', import.meta.url)
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<
  string,
  Record<string, string>
>

/** Programs whose values CPython 3.12 has written down: see vectors/record.py. */
describe('what CPython computes', () => {
  const programs = readdirSync(new URL('programs/', folder))

  it.each(programs)('%s', (program) => {
    const evaluation = run(readFileSync(new URL(`programs/${program}`, folder), 'utf8'))
    expect(evaluation.certainCrash).toBeUndefined()
    expect(evaluation.bounded).toBe(false)
    const names = Object.keys(expected[program] ?? {})
    expect(names.length).toBeGreaterThan(20)
    expect(Object.fromEntries(names.map((name) => [name, show(evaluation, name)]))).toEqual(expected[program])
  })
})
