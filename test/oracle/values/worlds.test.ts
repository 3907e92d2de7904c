import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missed, type OpenProgram, openEvaluation, told } from './worlds.ts'

const programs = JSON.parse(readFileSync(join(import.meta.dirname, 'open-programs.json'), 'utf8')) as OpenProgram[]

describe('programs whose results rest on variables, as CPython ran them in several environments', () => {
  for (let at = 0; at < programs.length; at += 20) {
    it(`from ${at}`, () => {
      for (const { source, answers, ours } of programs.slice(at, at + 20)) {
        const evaluation = openEvaluation(source)
        const wrong = answers.flatMap((answer) => missed(evaluation, answer))
        expect(wrong, source).toEqual([])
        // The alternatives and their conditions: `npm run oracle:values -- --write` when they should change.
        expect(told(evaluation), source).toEqual(ours)
      }
    })
  }
})
