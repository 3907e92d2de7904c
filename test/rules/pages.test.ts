import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FileTree, readText, type SourceFile } from '../../src/files/tree.ts'
import { getOrInsert } from '../../src/get-or-insert.ts'
import { type AppReport, locator } from '../../src/report/report.ts'
import type { Snapshot } from '../../src/snapshot/model.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'
import { type PageCase, readPage } from '../support/page.ts'
import { presenceIn } from '../support/presence.ts'
import { filesBelow, repository } from '../support/trees.ts'

const sections = {
  'rule.md': ['Why it breaks', 'Example', 'Use instead', 'When it is silent', 'Sources'],
  'rule.fr.md': ['Pourquoi ça casse', 'Exemple', 'À écrire à la place', 'Quand la règle se tait', 'Sources'],
}

const bases = new Map<string, Record<string, Uint8Array>>()

function base(name: string | undefined): Record<string, Uint8Array | string> {
  if (name === undefined) return {}
  return { ...getOrInsert(bases, name, () => filesBelow(`test/pages/bases/${name}`)) }
}

async function findingsOf(rule: string, page: { base: string | undefined }, example: PageCase): Promise<string[]> {
  const files: Record<string, Uint8Array | string> = { ...base(page.base), ...example.files }
  for (const path of example.deleted) {
    for (const name of Object.keys(files)) if (name === path || name.startsWith(`${path}/`)) delete files[name]
  }
  const tree = memoryTree(files)
  const hasConfig = ['dynolint.toml', 'pyproject.toml', 'dynolint.yaml'].some((name) => name in files)
  const loaded = hasConfig
    ? await loadConfig(
        tree,
        rules.map(({ id }) => id),
      )
    : { config: defaultConfig, problems: [] }
  const tooLarge = Object.entries(example.sizes).map(([file, bytes]) => ({ file, bytes }))
  const { report, failures } = check({
    tree,
    snapshot: snapshotIn(tree, example),
    config: loaded.config,
    presence: presenceIn(tree, Object.keys(files), example),
    configProblems: loaded.problems,
    tooLarge,
  })
  expect(failures.map(({ rule: id, error }) => `${id}: ${error instanceof Error ? error.stack : error}`)).toEqual([])
  const app: AppReport = { root: '.', ...report }
  const locate = locator(app)
  return app.findings
    .filter((finding) => finding.rule === rule)
    .map((finding) => {
      const { file, start } = locate(finding.at)
      const possible = finding.certainty === 'possible' ? ' possible' : ''
      return `${file}:${start.line}:${start.column} ${finding.severity} ${finding.rule}${possible}`
    })
}

function snapshotIn(tree: FileTree, { snapshot }: PageCase): Snapshot | undefined {
  if (snapshot === undefined) return undefined
  const read = readSnapshot(readText(tree, snapshot) as SourceFile)
  if ('message' in read) throw new Error(read.message.en)
  return read
}

for (const { id } of rules) {
  describe(id, () => {
    const path = join(repository, 'rules', id, 'rule.md')
    const english = readPage(existsSync(path) ? readFileSync(path, 'utf8') : '')
    const frenchPath = join(repository, 'rules', id, 'rule.fr.md')

    it('has a page in both languages with the usual sections and the same examples', () => {
      expect(existsSync(frenchPath)).toBe(true)
      const french = readPage(readFileSync(frenchPath, 'utf8'))
      expect(english.heading).toBe(id)
      expect(french.heading).toBe(id)
      expect(english.sections).toEqual(sections['rule.md'])
      expect(french.sections).toEqual(sections['rule.fr.md'])
      expect(french.blocks).toEqual(english.blocks)
      expect(french.base).toBe(english.base)
      expect(english.cases.some((example) => example.findings.length > 0)).toBe(true)
      expect(english.cases.some((example) => example.findings.length === 0)).toBe(true)
    })

    for (const example of english.cases) {
      it(`${example.title} yields exactly its findings`, async () => {
        expect(await findingsOf(id, english, example)).toEqual(example.findings)
      })
    }
  })
}
