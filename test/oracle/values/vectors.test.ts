import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, type Vector } from './ours.ts'

const folder = join(import.meta.dirname, 'vectors')

describe('expressions whose values CPython gave', () => {
  for (const file of readdirSync(folder)) {
    const { about, setup, answers: stored } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vector
    // Some at once, so that one can see where it went wrong.
    for (let at = 0; at < stored.length; at += 50) {
      const some = stored.slice(at, at + 50)
      it(`${about}, from ${at}`, () => {
        const ours = answers(
          setup,
          some.map(([expression]) => expression),
        )
        // What was left open when they were stored may be known by now; then it has to be right.
        const known = some.flatMap(([expression, answer, open], i) =>
          open !== undefined && ours[i] === undefined ? [] : [[expression, answer, ours[i]]],
        )
        expect(known.map(([expression, , mine]) => [expression, mine])).toEqual(
          known.map(([expression, answer]) => [expression, answer]),
        )
      })
    }
  }
})
