import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFind, serialised } from '../../../scripts/fuzz/finds.ts'
import { mutated } from '../../../scripts/fuzz/mutations.ts'
import { randomOf } from '../../../scripts/fuzz/random.ts'
import { wrongSpan } from '../../../scripts/fuzz/spans.ts'
import { shrunk, target, verdictOf } from '../../../scripts/fuzz/target.ts'
import { allTargets } from '../../../scripts/fuzz/targets.ts'

/** What the search for hostile input found once stays found: each file of `finds` is tried again, by the target that found it. */

const folder = join(import.meta.dirname, 'finds')
const targets = new Map(allTargets().map((one) => [one.name, one]))

describe('finds', () => {
  it.each(readdirSync(folder))('%s holds', async (name) => {
    const find = readFind(readFileSync(join(folder, name), 'utf8'))
    const one = targets.get(find.target)
    if (one === undefined) throw new Error(`no target is called ${find.target}`)
    expect(await verdictOf(one, find.input)).toBeUndefined()
  })
})

/** A reader with faults, for the search itself: it throws at one word, and has a wrong place for another. */
const faulty = target<string>({
  name: 'faulty',
  make: (random) => random.one(['a', 'b']),
  judge(text) {
    if (text.includes('boom')) throw new Error('boom at 7')
    return wrongSpan(
      text.includes('twist') ? [{ start: 3, end: 2 }] : { at: { start: 0, end: text.length } },
      text.length,
    )
  },
  *smaller(text) {
    for (let at = 0; at < text.length; at++) yield text.slice(0, at) + text.slice(at + 1)
  },
})

describe('the search', () => {
  it('tells a throw, a span that ends before it starts, and one that leaves the text', async () => {
    expect(await verdictOf(faulty, 'a boom b')).toMatch(/^throws boom at 7/)
    expect(await verdictOf(faulty, 'a twist b')).toMatch(/^a span from 3 to 2 /)
    expect(wrongSpan(new Map([['a', { span: { start: 0, end: 9 } }]]), 8)).toMatch(/^a span from 0 to 9 /)
    expect(wrongSpan({ start: -1, end: 1 }, 8)).toMatch(/^a span from -1 /)
    expect(await verdictOf(faulty, 'sound')).toBeUndefined()
  })

  it('makes an input small without losing its fault', async () => {
    expect(await shrunk(faulty, 'some words, boom, and more', 1_000)).toBe('boom')
  })

  it('makes the same case for the same seed, and others for others', () => {
    const made = (seed: number) =>
      Array.from({ length: 20 }, (_, n) => mutated('web: daphne\n', ['x'], randomOf(seed, n)))
    expect(made(1)).toEqual(made(1))
    expect(made(1)).not.toEqual(made(2))
    expect(new Set(made(1)).size).toBeGreaterThan(10)
  })

  it('keeps bytes as they are', () => {
    const input = { files: { a: Uint8Array.of(255, 0, 65), b: 'é' }, seed: 3 }
    expect(readFind(serialised('project', 'x', input))).toEqual({ target: 'project', was: 'x', input })
  })
})
