import { describe, expect, it } from 'vitest'
import type { Statement } from '../../../src/syntax/python/ast.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { DAMAGE } from './cases.ts'
import { SETTINGS } from './settings.ts'

/** Texts of the top-level statements, each as often as it occurs. */
function countTexts(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const statement of parsePython(text).body) {
    if (statement.kind === 'Damaged') continue
    const written = text.slice(statement.start, statement.end)
    counts.set(written, (counts.get(written) ?? 0) + 1)
  }
  return counts
}

/** Where a statement starts, its decorators included. */
function outerStart(statement: Statement): number {
  const decorators = 'decorators' in statement ? statement.decorators : []
  return decorators.length > 0 ? (decorators[0]?.start ?? statement.start) - 1 : statement.start
}

interface Share {
  kept: number
  all: number
}

/** How many of the statements are found again with the same text after `damage` was put in three places. */
function survivors(text: string, damage: string): Share {
  const { body } = parsePython(text)
  const before = countTexts(text)
  const share: Share = { kept: 0, all: 0 }
  for (const place of [0.25, 0.5, 0.75]) {
    const at = outerStart(body[Math.floor(body.length * place)] as Statement)
    const after = countTexts(text.slice(0, at) + damage + '\n' + text.slice(at))
    for (const [written, count] of before) {
      share.kept += Math.min(count, after.get(written) ?? 0)
      share.all += count
    }
  }
  return share
}

describe('damage costs the damaged statement', () => {
  const table: [string, Share][] = Object.entries(DAMAGE).map(([name, damage]) => {
    const sum: Share = { kept: 0, all: 0 }
    for (const text of SETTINGS.values()) {
      const { kept, all } = survivors(text, damage)
      sum.kept += kept
      sum.all += all
    }
    return [name, sum]
  })
  console.log(
    table.map(([name, { kept, all }]) => `${((100 * kept) / all).toFixed(1).padStart(6)} %  ${name}`).join('\n'),
  )

  it.each(table)('%s: at least 98 %% of the other top-level statements are found again', (_, { kept, all }) => {
    expect(kept / all).toBeGreaterThanOrEqual(0.98)
  })

  it.each(Object.entries(DAMAGE))('%s: one problem', (name, damage) => {
    // `except A, e:` is valid since Python 3.14.
    const problems = name === 'Python 2 except' ? 0 : 1
    for (const text of SETTINGS.values()) {
      const at = outerStart(parsePython(text).body[5] as Statement)
      expect(parsePython(text.slice(0, at) + damage + '\n' + text.slice(at)).problems).toHaveLength(problems)
    }
  })
})
