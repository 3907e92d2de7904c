import { parseSync } from 'rolldown/utils'
import { describe, expect, it } from 'vitest'
import { sampled } from '../../../scripts/mutate/choose.ts'
import { instrument } from '../../../scripts/mutate/instrument.ts'
import { mutantsOf } from '../../../scripts/mutate/mutants.ts'

/** Each mutant of a text as the text it makes. */
function variants(source: string): string[] {
  return mutantsOf('a.ts', source).map(
    ({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end),
  )
}

/** What an instrumented text gives as `out` with one mutant in force. */
function run(source: string, active: number): unknown {
  const mutants = mutantsOf('a.js', source).map((mutant, id) => ({ ...mutant, id }))
  const text = `let out\n${instrument(source, mutants)}\nreturn out`
  return new Function('__mutant__', text)((id: number) => id === active)
}

describe('mutants', () => {
  it.each([
    ['x = a < 10', ['x = (a) <= (10)', 'x = (a) >= (10)', 'x = a < 11']],
    ['x = 4000', ['x = 200']],
    ['x = a ?? b', ['x = (a) && (b)']],
    ["x = 'a' + b", ["x = '' + b"]],
    ['x = !a', ['x = a']],
    ['x = a ? b : c', ['x = true ? b : c', 'x = false ? b : c']],
    ['x = [a, b]', ['x = [b]', 'x = [a]']],
    ['x = { a, b: c }', ['x = {b: c}', 'x = {a}']],
    ['x = a?.b?.[c]', ['x = a.b?.[c]', 'x = a?.b[c]']],
    ['x = a?.trim().b()', ['x = a.trim().b()', 'x = a.b()']],
    ['x = /^a+$/', ['x = /a+$/', 'x = /^a+/', 'x = /^a*$/']],
    ['x = a.some(b)', ['x = a.every(b)']],
    ['x = a.toString()', []],
    ['f(a)', ['undefined']],
    ['x = (a) => a', ['x = (a) => undefined']],
    ["import a from 'b'\nexport * from 'c'", []],
    ["type A = 'a' | 1\nconst x = b as 'a'", []],
  ])('of %s', (source, expected) => {
    expect(variants(source)).toEqual(expected)
  })

  it('stand where they say, also behind characters of two units', () => {
    expect(variants("x = '😀' + 1")).toEqual(["x = '' + 1", "x = '😀' + 2"])
  })

  it('make texts that can be read', () => {
    const source = "if (a) f('b')\nelse g()\ncall(c)\n;[1].some(f)\nconst d = e as string"
    const mutants = mutantsOf('a.ts', source).map((mutant, id) => ({ ...mutant, id }))
    expect(parseSync('a.ts', instrument(source, mutants)).errors).toEqual([])
  })
})

describe('instrumented', () => {
  const source = "const x = 3\nout = []\nout.push(x > 2 ? 'big' : 'small')\nout.push(1)"

  it('runs as before when no mutant is in force', () => {
    expect(run(source, -1)).toEqual(['big', 1])
  })

  it('goes on to the end of a chain that begins with nothing', () => {
    expect(run('const a = undefined\nout = a?.trim().toLowerCase().slice(1)', -1)).toBeUndefined()
  })

  it('runs as each mutant says', () => {
    const results = mutantsOf('a.js', source).map(({ kind }, id) => [kind, JSON.stringify(run(source, id))])
    expect(results).toEqual([
      ['number', '["big",1]'],
      ['no call', '[1]'],
      ['condition', '["big",1]'],
      ['condition', '["small",1]'],
      ['> → >=', '["big",1]'],
      ['> → <=', '["small",1]'],
      ['number', '["small",1]'],
      ['string', '["",1]'],
      ['string', '["big",1]'],
      ['no call', '["big"]'],
      ['number', '["big",2]'],
    ])
  })
})

describe('a sample', () => {
  const all = mutantsOf('a.ts', Array.from({ length: 100 }, (_, at) => `x = ${at}`).join('\n'))

  it('is the same for the same seed, another for another', () => {
    const starts = (seed: number) => sampled(all, 10, seed).map(({ start }) => start)
    expect(starts(1)).toEqual(starts(1))
    expect(starts(1)).not.toEqual(starts(2))
    expect(starts(1).slice(0, 5)).toEqual(sampled(all, 5, 1).map(({ start }) => start))
    expect(sampled(all, 1000, 1)).toHaveLength(100)
  })
})
