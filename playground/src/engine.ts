import { pageUrl } from '../../src/about.generated.ts'
import type { App } from '../../src/app/app.ts'
import { readApp } from '../../src/app/read-app.ts'
import { worldsOf } from '../../src/app/settings/worlds.ts'
import { type CheckInput, check } from '../../src/check.ts'
import type { Language } from '../../src/contracts/text.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { type Choice, plansOf } from '../../src/engine/plans.ts'
import { statementAt } from '../../src/evaluate/python/statement-at.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FileTree, normalise, recording, type SourceFile, type Unreadable } from '../../src/files/tree.ts'
import { configured } from '../../src/library/configured.ts'
import type { Changes } from '../../src/mend/apply.ts'
import { carryOut, identityOf, mend, stateOf } from '../../src/mend/mend.ts'
import { findingArticle } from '../../src/report/html/finding.ts'
import { chainPicture, runPicture } from '../../src/report/html/picture.ts'
import { guarded, guardedText } from '../../src/report/masking.ts'
import { type AppReport, locator, type RenderOptions, sentence, sentences, summarise } from '../../src/report/report.ts'
import { firstBreak, sectionsOf } from '../../src/report/sections.ts'
import { showContext } from '../../src/show/context.ts'
import { overviewOf } from '../../src/show/overview.ts'
import { askable, whyText } from '../../src/show/why.ts'
import type { Asked, Changed, Project, Requests, ShownFinding, View } from './contract.ts'
import { rolesOf } from './roles.ts'

/** The engine as the page asks it. It keeps the files that did not change: what follows from one alone is not read again. */

const kept = new Map<string, { readonly content: string | Uint8Array; readonly source: SourceFile | Unreadable }>()

function keptTree(files: Project['files'], paths: readonly string[]): FileTree {
  const own = new Set(paths)
  // What is kept is not encoded again: its content is never asked for.
  const contents = paths.map((path): [string, string | Uint8Array] => [
    path,
    isKept(files, path) ? '' : (files[path] ?? ''),
  ])
  const tree = memoryTree(Object.fromEntries(contents))
  return {
    ...tree,
    read(path) {
      const name = normalise(path) ?? path
      if (!own.has(name)) return tree.read(path)
      const before = isKept(files, name) ? kept.get(name) : undefined
      if (before !== undefined) return before.source
      const source = tree.read(name)
      kept.set(name, { content: files[name] ?? '', source })
      return source
    },
  }
}

const isKept = (files: Project['files'], path: string): boolean =>
  kept.has(path) && kept.get(path)?.content === files[path]

/** @param today as `2026-11-29` */
function inputOf({ files, env, addons }: Project, today: string): Promise<CheckInput> {
  for (const path of kept.keys()) if (!Object.hasOwn(files, path)) kept.delete(path)
  return configured(Object.keys(files), (paths) => keptTree(files, paths), { today, env, addons })
}

const options = (language: Language): RenderOptions => ({
  language,
  colour: false,
  width: 100,
  links: false,
  verbose: false,
  docs: (rule) => pageUrl(rule, language),
  prefix: '',
})

/** What the page shows of a project. */
export async function view(project: Project, language: Language, today: string): Promise<View> {
  const input = await inputOf(project, today)
  const { app, report } = check(input)
  // The keys are of the findings as they are, the texts of those without secrets: both stand in the same order.
  const raw: AppReport = { root: '.', ...report, overview: overviewOf(app, '.') }
  const shown = guarded(raw)
  const rawOf = new Map(shown.findings.map((finding, index) => [finding, raw.findings[index] as Finding]))
  const locate = locator(shown)
  const sections = sectionsOf(shown)
  const show = (section: ShownFinding['section'], finding: Finding): ShownFinding => {
    const { file, start, end } = locate(finding.at)
    return {
      key: keyOf(rawOf.get(finding) ?? finding),
      rule: finding.rule,
      section,
      severity: finding.severity,
      file,
      start,
      end,
      text: sentences(finding, language),
      html: findingArticle(shown, finding, options(language)),
      fixes: finding.fixes.map(({ title, safety }) => ({ title: title[language], safety })),
    }
  }
  const cause = firstBreak(sections)
  const linked = new Set<string>(sections.map(({ hop }) => hop))
  return {
    chain: chainPicture(shown.chain, { id: 'at', language, linked }),
    runs: shown.overview === undefined ? '' : runPicture(shown.overview, language),
    broken: shown.chain.find(({ hop, state }) => state === 'breaks' && hop !== 'safety')?.hop,
    cause: cause && keyOf(rawOf.get(cause) ?? cause),
    counts: summarise([shown]),
    findings: sections.flatMap(({ hop, told }) =>
      told.flatMap(({ finding, also }) => [finding, ...also].map((one) => show(hop, one))),
    ),
    undetermined: shown.undetermined.map(({ what, why }) =>
      language === 'fr' ? `${what.fr}\u00a0: ${why.fr}` : `${what.en}: ${why.en}`,
    ),
    variables: variablesOf(app, project, input),
    names: askable({ app }).sort(),
    roles: rolesOf(app),
  }
}

/** What names a finding in one state of a project. */
const keyOf = (finding: Finding): string => `${finding.at.file}:${finding.at.span.start} ${identityOf(finding)}`

function variablesOf(app: App, { env }: Project, { config }: CheckInput): View['variables'] {
  const asked = worldsOf(app).flatMap(({ settings }) => [...(settings.evaluation?.reads.keys() ?? [])])
  const names = [...new Set([...asked, ...Object.keys(config.env), ...Object.keys(env)])].sort()
  return names.map((name) => ({ name, stated: config.envAt.has(name) ? config.env[name] : undefined }))
}

/** How a value came about; empty: nobody knows the name. */
export async function why(project: Project, about: Asked, language: Language, today: string): Promise<string> {
  const input = await inputOf(project, today)
  const names = 'name' in about ? new Set([about.name]) : statementAt(input.tree, about.file, about.line)
  const sources = new Map<string, SourceFile>()
  const app = readApp({ ...input, tree: recording(input.tree, sources), watched: names })
  const same = (text: string): string => text
  const context = showContext(app, '.', language, same, same)
  return guardedText({ sources }, [...names].map((name) => whyText(context, name, 96)).join('\n'))
}

/** Carries out one correction with what has to come along, or all that are safe. */
export async function fix(
  project: Project,
  { key, title }: Pick<Requests['fix']['ask'], 'key' | 'title'>,
  language: Language,
  today: string,
): Promise<Requests['fix']['answer']> {
  const input = await inputOf(project, today)
  if (key === undefined) {
    return { changed: changedOf(mend(input, { unsafe: false }).after.changes), because: undefined }
  }
  const state = stateOf(input, new Map())
  const { tree, findings } = state.result.report
  const finding = findings.find((one) => keyOf(one) === key)
  const plan = plansOf(tree, findings).find((one) => finding !== undefined && one.findings.includes(finding))
  const wanted = finding?.fixes.find((one) => one.title[language] === title)
  if (finding === undefined || plan === undefined || wanted === undefined) return { changed: [], because: undefined }
  const alone: Choice = { fixes: [{ ...wanted, rule: finding.rule }], safety: wanted.safety }
  const choice =
    plan.choices.find(({ fixes }) =>
      fixes.some((one) => one.rule === finding.rule && one.title.en === wanted.title.en),
    ) ?? alone
  const done = carryOut(input, state, plan, choice, { unsafe: choice.safety === 'unsafe' })
  if ('state' in done) return { changed: changedOf(done.state.changes), because: undefined }
  return { changed: [], because: done.because && `${done.because.hop}: ${sentence(done.because, language)}` }
}

function changedOf(changes: Changes): Changed {
  return [...changes].map(([path, { file }]) => {
    if (file === undefined) return [path, undefined]
    return [path, file.encoding === 'utf-8' && !file.bom ? file.text : file.bytes]
  })
}
