import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualFiles } from '../../oracle/shell/generate.ts'
import { compare, predict } from '../../oracle/shell/predict.ts'
import type { Vector } from '../../oracle/shell/run.ts'
import { repository } from '../../support/trees.ts'

const vectors = JSON.parse(
  readFileSync(join(repository, 'test/oracle/shell/vectors/commands.json'), 'utf8'),
) as Vector[]

describe('what bash did (stored by npm run oracle:shell)', () => {
  it(`is what the model says, for ${vectors.length} commands`, () => {
    const counts = { same: 0, different: 0, undetermined: 0 }
    const different: string[] = []
    for (const { command, files, environment, home, started } of vectors) {
      const { verdict, why } = compare(predict(command, { ...usualFiles, ...files }, home), started, environment)
      counts[verdict]++
      if (verdict === 'different') different.push(`${command}\n${why}`)
    }
    expect(different).toEqual([])
    expect(counts.same / vectors.length).toBeGreaterThan(0.98)
  })
})
