import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualFiles } from '../../oracle/shell/generate.ts'
import { compare, predict } from '../../oracle/shell/predict.ts'
import type { Vector } from '../../oracle/shell/run.ts'
import { repository } from '../../support/trees.ts'

function stored(name: string): Vector[] {
  return JSON.parse(readFileSync(join(repository, 'test/oracle/shell/vectors', name), 'utf8')) as Vector[]
}

/** What the model says otherwise than bash, and what it leaves open though it was known when the vectors were stored. */
function wrong(vectors: readonly Vector[]): string[] {
  return vectors.flatMap(({ command, files, environment, home, started, open }) => {
    const { verdict, why } = compare(predict(command, { ...usualFiles, ...files }, home), started, environment)
    return verdict === 'same' || (verdict === 'undetermined' && open === true) ? [] : [`${command}\n${verdict}: ${why}`]
  })
}

describe('what bash did (stored by npm run oracle:shell)', () => {
  it('is what the model says of random commands', () => {
    expect(wrong(stored('commands.json'))).toEqual([])
  })

  const each = stored('systematic.json')
  for (let at = 0; at < each.length; at += 50) {
    it(`is what the model says of one command for each way of writing, from ${at}`, () => {
      expect(wrong(each.slice(at, at + 50))).toEqual([])
    })
  }
})
