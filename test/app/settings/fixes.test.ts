import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readApp } from '../../../src/app/read-app.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Finding } from '../../../src/engine/finding.ts'
import { bestFix, type Rule } from '../../../src/engine/rule.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { readPage } from '../../support/page.ts'
import { filesBelow, repository } from '../../support/trees.ts'

type Files = Record<string, string | Uint8Array>

function findingsOf(rule: Rule, files: Files): { tree: FileTree; findings: readonly Finding[] } {
  const tree = memoryTree(files)
  const app = readApp(tree, defaultConfig, { configProblems: [], tooLarge: [] })
  return { tree, findings: run(app, [rule], defaultConfig).findings }
}

function edited(tree: FileTree, files: Files, edits: readonly Edit[]): Files {
  const out = { ...files }
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const text = out[edit.file] === files[edit.file] ? readText(tree, edit.file)?.text : (out[edit.file] as string)
    out[edit.file] = `${text?.slice(0, edit.span.start)}${edit.text}${text?.slice(edit.span.end)}`
  }
  return out
}

const folder = join(repository, 'rules/settings')

describe('fixes of the settings rules', async () => {
  for (const name of readdirSync(folder)) {
    const rule = ((await import(join(folder, name, 'rule.ts'))) as { default: Rule }).default
    if (bestFix(rule) === 'none') continue
    const page = readPage(readFileSync(join(folder, name, 'rule.md'), 'utf8'))
    const base: Files = page.base === undefined ? {} : filesBelow(`test/pages/bases/${page.base}`)
    let offered = 0
    for (const example of page.cases.filter(({ findings }) => findings.length > 0)) {
      const files: Files = { ...base, ...example.files }
      const { tree, findings } = findingsOf(rule, files)
      for (const finding of findings) {
        const [fix] = finding.fixes
        if (fix === undefined) continue
        offered++
        it(`${rule.id}: ${example.title}: ${fix.title.en}`, () => {
          const after = edited(tree, files, fix.edits)
          for (const { file } of fix.edits) expect(parsePython(String(after[file])).problems).toEqual([])
          const left = findingsOf(rule, after).findings.map(({ symbol, message }) => `${symbol}: ${message.en}`)
          expect(left).not.toContain(`${finding.symbol}: ${finding.message.en}`)
          expect(left.length).toBeLessThan(findings.length)
        })
      }
    }
    it(`${rule.id} offers the fix it promises on its page`, () => expect(offered).toBeGreaterThan(0))
  }
})
