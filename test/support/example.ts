import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Language } from '../../src/contracts/text.ts'
import { compareFindings, type Finding, findingOf } from '../../src/engine/finding.ts'
import type { Rule } from '../../src/engine/rule.ts'
import type { Failure } from '../../src/engine/run.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FileTree, readText, type SourceFile } from '../../src/files/tree.ts'
import { getOrInsert } from '../../src/get-or-insert.ts'
import type { AppReport } from '../../src/report/report.ts'
import type { Snapshot } from '../../src/snapshot/model.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'
import { today } from './app.ts'
import { type Page, type PageCase, readPage } from './page.ts'
import { presenceIn } from './presence.ts'
import { filesBelow, repository } from './trees.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

/** The file of a rule's page in a language. */
export function pageFile(rule: string, language: Language): string {
  return join(repository, 'rules', rule, language === 'en' ? 'rule.md' : 'rule.fr.md')
}

/** Reads a rule's page. */
export function pageOf(rule: string, language: Language): { readonly markdown: string; readonly page: Page } {
  const markdown = readFileSync(pageFile(rule, language), 'utf8')
  return { markdown, page: readPage(markdown) }
}

const bases = new Map<string, Files>()

/** The whole tree of a case: its base, its own files over it, less what it removes. */
export function filesOf(page: Page, example: PageCase): Files {
  const base =
    page.base === undefined ? {} : getOrInsert(bases, page.base, () => filesBelow(`test/pages/bases/${page.base}`))
  const files: Record<string, string | Uint8Array> = { ...base, ...example.files }
  for (const path of example.deleted) {
    for (const name of Object.keys(files)) if (name === path || name.startsWith(`${path}/`)) delete files[name]
  }
  return files
}

export interface Outcome {
  readonly app: AppReport
  /** What the rule in question finds. */
  readonly findings: readonly Finding[]
  /** The ids of its messages that are shown, and whether with a fix. */
  readonly messages: readonly { readonly id: string; readonly fixed: boolean }[]
  /** Rules that threw. */
  readonly failures: readonly Failure[]
}

/** Checks the files of a case with `ran` (all rules by default) and keeps what `rule` finds. */
export async function outcomeOf(rule: Rule, files: Files, example: PageCase, ran = rules): Promise<Outcome> {
  const tree = faulty(memoryTree(files), example)
  const { config, problems } = await configIn(rule, tree, files)
  const reported: { message: string; finding: Finding }[] = []
  const { report, failures } = check({
    today,
    tree,
    snapshot: snapshotIn(tree, example),
    config,
    presence: presenceIn(tree, Object.keys(files), example),
    configProblems: problems,
    unreadable: Object.keys(example.faulty).filter((path) => example.faulty[path] === 'unreadable'),
    tooLarge: Object.entries(example.sizes).map(([file, bytes]) => ({ file, bytes })),
    rules: ran.map((one) => (one.id === rule.id ? noting(one, reported) : one)),
  })
  const findings = report.findings.filter((finding) => finding.rule === rule.id)
  const shown = reported.filter(({ finding }) => findings.some((one) => compareFindings(one, finding) === 0))
  const messages = shown.map(({ message, finding }) => ({ id: message, fixed: finding.fixes.length > 0 }))
  // What the example makes fail is no fault of a rule.
  const own = failures.filter(({ error }) => String(error) !== String(thrown))
  return { app: { root: '.', ...report }, findings, messages, failures: own }
}

const thrown = new Error('thrown by the example')

/** The tree of an example whose files cannot be read, or make the tool itself fail. */
function faulty(tree: FileTree, example: PageCase): FileTree {
  return {
    ...tree,
    read(path) {
      const fault = example.faulty[path]
      if (fault === 'throws') throw thrown
      return fault ?? tree.read(path)
    },
  }
}

/** The rule, which also notes what it reports: a finding does not know the id of its message. */
function noting(rule: Rule, reported: { message: string; finding: Finding }[]): Rule {
  return {
    ...rule,
    check(app, report) {
      rule.check(app, (message, found) => {
        reported.push({ message, finding: findingOf(rule, message, found) })
        report(message, found)
      })
    },
  }
}

/** That of the case; without one, the profile in which the rule speaks. */
async function configIn({ profile }: Rule, tree: FileTree, files: Files) {
  const has = ['dynolint.toml', 'pyproject.toml', 'dynolint.yaml'].some((name) => name in files)
  if (!has) return { config: { ...defaultConfig, profile: profile ?? ('guide' as const) }, problems: [] }
  return await loadConfig(
    tree,
    rules.map(({ id }) => id),
  )
}

function snapshotIn(tree: FileTree, { snapshot }: PageCase): Snapshot | undefined {
  if (snapshot === undefined) return undefined
  const read = readSnapshot(readText(tree, snapshot) as SourceFile)
  if ('message' in read) throw new Error(read.message.en)
  return read
}
