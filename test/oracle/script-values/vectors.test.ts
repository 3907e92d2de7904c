import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { covers, outcomesOf, told, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vector[]

describe('scripts that Node.js ran', () => {
  // Some at once, so that one can see where it went wrong.
  for (let at = 0; at < vectors.length; at += 25) {
    it(`from ${at}`, () => {
      for (const { script, answers, ours } of vectors.slice(at, at + 25)) {
        const outcomes = outcomesOf(script)
        expect(
          answers.filter((answer) => !covers(outcomes, answer)),
          script,
        ).toEqual([])
        // What is told besides, and under which conditions: `npm run oracle:script-values -- --write` when it should change.
        expect(outcomes.map(told), script).toEqual(ours)
      }
    })
  }
})
