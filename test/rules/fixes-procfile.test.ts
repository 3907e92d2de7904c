import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { applyEdits } from '../../src/engine/edits.ts'
import { bestFix } from '../../src/engine/rule.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { readPage } from '../support/page.ts'
import { filesBelow, repository } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')

function findings(files: Readonly<Record<string, string | Uint8Array>>, rule: string) {
  const { report } = check({ tree: memoryTree(files), config: defaultConfig, configProblems: [], tooLarge: [] })
  return report.findings.filter((finding) => finding.rule === rule)
}

describe('fixes of procfile/ and app/ rules', () => {
  for (const rule of rules) {
    const { id } = rule
    if (bestFix(rule) === 'none' || !/^(?:procfile|app)\//.test(id)) continue
    const page = readPage(readFileSync(join(repository, 'rules', id, 'rule.md'), 'utf8'))
    it(`of ${id} end the finding on its page's examples`, () => {
      let offered = 0
      for (const example of page.cases.filter((one) => one.findings.length > 0)) {
        const files: Record<string, string | Uint8Array> = { ...base, ...example.files }
        for (const path of example.deleted) delete files[path]
        for (const finding of findings(files, id)) {
          const [first] = finding.fixes
          if (first === undefined) continue
          offered++
          const mended = { ...files }
          for (const { file, text } of first.edits.filter(({ action }) => action === 'rename')) {
            mended[text] = mended[file] ?? ''
            delete mended[file]
          }
          const textual = first.edits.filter(({ action }) => action === undefined)
          for (const file of new Set(textual.map((edit) => edit.file))) {
            const text = mended[file]
            const source = typeof text === 'string' ? text : new TextDecoder().decode(text)
            mended[file] = applyEdits(
              source,
              textual.filter((edit) => edit.file === file),
            ).text
          }
          const before = findings(files, id).length
          expect(findings(mended, id).length, example.title).toBeLessThan(before)
        }
      }
      expect(offered).toBeGreaterThan(0)
    })
  }
})
