import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/trees.ts'

/** Names of the cases in the last column of the table. */
function casesIn(file: string): string[] {
  const lines = readFileSync(join(repository, 'docs', file), 'utf8').split('\n')
  const rows = lines.filter((line) => line.startsWith('| ')).slice(1)
  return rows.flatMap((row) => (row.replace(/ \|$/, '').split(' | ').at(-1) ?? '').split(', '))
}

describe('what running projects showed', () => {
  it.each(['evidence.md', 'evidence.fr.md'])('%s names cases that exist', (file) => {
    const missing = casesIn(file).filter((name) => !existsSync(join(repository, `test/reality/cases/${name}.yaml`)))
    expect(missing).toEqual([])
  })

  it('says the same in both languages', () => {
    expect(casesIn('evidence.fr.md')).toEqual(casesIn('evidence.md'))
  })
})
