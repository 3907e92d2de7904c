import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, type Program, programAnswer, type Vector } from './ours.ts'

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

describe('programs whose results CPython gave', () => {
  const programs = JSON.parse(readFileSync(join(import.meta.dirname, 'programs.json'), 'utf8')) as Program[]
  for (let at = 0; at < programs.length; at += 20) {
    it(`from ${at}`, () => {
      for (const { source, answer, open = [] } of programs.slice(at, at + 20)) {
        const ours = programAnswer(source)
        if (typeof answer === 'string') {
          if (ours !== undefined || !open.includes('!')) expect(ours, source).toBe(answer)
          continue
        }
        const claimed = typeof ours === 'object' ? ours : open.includes('!') ? {} : { '!': ours }
        const asked = Object.entries(answer).filter(([name]) => name in claimed || !open.includes(name))
        expect(pick(claimed, answer), source).toEqual(Object.fromEntries(asked))
      }
    })
  }
})

/** The entries of a record that another one has too, and how a program ended. */
function pick(from: object, other: object): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name in other || name === '!'))
}
