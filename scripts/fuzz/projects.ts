import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { rules } from '../../rules/index.generated.ts'
import { about, pageUrl } from '../../src/about.generated.ts'
import { type CheckInput, check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Place } from '../../src/contracts/place.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { type EvaluatorFault, onFault } from '../../src/evaluate/python/faults.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FileTree, readText } from '../../src/files/tree.ts'
import { type Mended, mend } from '../../src/mend/mend.ts'
import { jsonReport } from '../../src/report/json.ts'
import type { JsonReport } from '../../src/report/json-report.ts'
import { masked } from '../../src/report/masking.ts'
import { repository } from '../../test/support/trees.ts'
import { asBytes, mutated } from './mutations.ts'
import type { Random } from './random.ts'
import { smallerTexts } from './readers.ts'
import { type Files, textIn } from './samples.ts'
import { type Target, target } from './target.ts'

/** One project, and what is done to the order of its files and to the lines of one of them. */
export interface ProjectCase {
  readonly files: Files
  readonly seed: number
}

const schema = JSON.parse(readFileSync(join(repository, 'schemas/report-v1.schema.json'), 'utf8')) as object
const isReport = new Ajv({ allowUnionTypes: true, formats: { uri: URL.canParse } }).compile(schema)
const today = '2026-11-22'

/** The evaluator's faults since the last call: it goes on after them, so nothing else tells. */
const faults: EvaluatorFault[] = []
onFault((fault) => {
  faults.push(fault)
})
const takenFault = (): string | undefined => {
  const [first] = faults.splice(0)
  return (
    first && `the evaluator has a fault in ${first.model ?? 'itself'}: ${String(first.error)} ${placeOf(first.error)}`
  )
}

async function inputOf(files: Files): Promise<CheckInput> {
  const tree = memoryTree(files)
  const loaded = await loadConfig(
    tree,
    rules.map(({ id }) => id),
  )
  const config = loaded.file === undefined ? defaultConfig : loaded.config
  return { tree, today, config, configProblems: loaded.problems }
}

function reportOf(input: CheckInput): {
  readonly json: JsonReport
  readonly findings: readonly Finding[]
  readonly fault: string | undefined
} {
  const { report, app, failures } = check(input)
  const json = jsonReport(masked({ version: about.version, apps: [{ root: '.', ...report }], rules }), {
    language: 'en',
    colour: false,
    width: 100,
    links: false,
    verbose: false,
    docs: (rule) => pageUrl(rule, 'en'),
    prefix: '',
  })
  const findings = [...report.findings, ...report.suppressed]
  const failed = [...failures.map(({ rule, error }) => ({ part: rule as string, error })), ...app.audit.failures]
  const thrown = failed.map(({ part, error }) => `${part} throws ${String(error).slice(0, 200)} ${placeOf(error)}`)
  const evaluated = takenFault()
  return {
    json,
    findings,
    fault:
      thrown[0] ?? evaluated ?? findings.map((one) => wrongPlace(input.tree, one)).find((one) => one !== undefined),
  }
}

const placeOf = (error: unknown): string =>
  error instanceof Error ? (error.stack?.match(/\w[\w/.-]*\.ts:\d+/)?.[0] ?? '') : ''

/** What a finding points at that is not there. */
function wrongPlace(tree: FileTree, { rule, at, related, fixes }: Finding): string | undefined {
  const places: readonly Place[] = [at, ...related.map((one) => one.at), ...fixes.flatMap(({ edits }) => edits)]
  for (const { file, span } of places) {
    const { start, end } = span
    const length = readText(tree, file)?.text.length ?? Number.POSITIVE_INFINITY
    if (!(0 <= start && start <= end && end <= length)) return `${rule} has a place from ${start} to ${end} in ${file}`
  }
  return undefined
}

const said = (report: JsonReport): string => JSON.stringify(report)

/** What is said, wherever it stands. */
const withoutPlaces = ({ findings }: JsonReport): string =>
  findings
    .map(({ rule, severity, certainty, fingerprint }) => `${rule} ${severity} ${certainty} ${fingerprint}`)
    .sort()
    .join('\n')

const comments: readonly (readonly [RegExp, string])[] = [
  [/\.py$/, '# a comment\n\n'],
  [/(?:^|\/)requirements[^/]*\.txt$/, '# a comment\n\n'],
  [/\.toml$/, '# a comment\n\n'],
  [/\.ya?ml$/, '# a comment\n\n'],
  [/\.m?js$/, '// a comment\n\n'],
  [/(?:^|\/)Procfile$/, '\n\n'],
  [/\.json$/, '\n\n'],
]

/** The project with a comment and an empty line before one of its files; undefined when none can have them. */
function commented(files: Files, random: Random): Files | undefined {
  const fitting = Object.entries(files).flatMap(([path, content]) => {
    const comment = comments.find(([names]) => names.test(path))?.[1]
    // A first line may say how the file is read: an encoding, a mark, a program, a version of YAML.
    const text = textIn(content)
    const free = typeof content === 'string' || Buffer.from(text, 'utf8').equals(Buffer.from(content))
    return comment === undefined || !free || /^[#%\ufeff]|^.*\n?.*coding|dynolint/.test(text)
      ? []
      : [[path, comment + text] as const]
  })
  if (fitting.length === 0) return undefined
  const [path, text] = random.one(fitting)
  return { ...files, [path]: text }
}

/** A project of which one to four files are changed, some of them go, or come from another project. */
export function changedProject(projects: readonly Files[], random: Random): Files {
  const files: Record<string, string | Uint8Array> = { ...random.one(projects) }
  for (let left = 1 + random.below(4); left > 0; left--) {
    const paths = Object.keys(files)
    const path = random.one(paths)
    const kind = random.below(14)
    if (kind === 0 && paths.length > 1) delete files[path]
    else if (kind === 1) Object.assign(files, oneFile(random.one(projects), random))
    else if (kind === 2) files[random.one(paths)] = files[path] as string
    else {
      const others = paths.map((name) => textIn(files[name] as string))
      const text = mutated(textIn(files[path] as string), others, random)
      files[path] = kind === 3 ? asBytes(text, random) : text
    }
  }
  return files
}

function oneFile(files: Files, random: Random): Files {
  const path = random.one(Object.keys(files))
  return { [path]: files[path] as string }
}

function* smallerProjects({ files, seed }: ProjectCase): Generator<ProjectCase> {
  for (const path of Object.keys(files)) {
    const { [path]: _, ...rest } = files
    if (Object.keys(rest).length > 0) yield { files: rest, seed }
  }
  for (const [path, content] of Object.entries(files))
    for (const text of smallerTexts(textIn(content))) yield { files: { ...files, [path]: text }, seed }
}

const caseOf = (projects: readonly Files[], random: Random): ProjectCase => ({
  files: changedProject(projects, random),
  seed: random.below(1_000_000),
})

const sizeOf = (files: Files): number => Object.values(files).reduce((sum, { length }) => sum + length, 0)

/** The engine over whole projects: reading, evaluating, every rule, the report. */
export function projectTarget(projects: readonly Files[], randomOf: (seed: number) => Random): Target<ProjectCase> {
  return target<ProjectCase>({
    name: 'project',
    make: (random) => caseOf(projects, random),
    async judge({ files, seed }) {
      const random = randomOf(seed)
      const first = reportOf(await inputOf(files))
      if (first.fault !== undefined) return first.fault
      if (!isReport(first.json)) return `no report of the schema: ${JSON.stringify(isReport.errors).slice(0, 200)}`
      const reordered = Object.fromEntries(random.shuffled(Object.entries(files)))
      const again = reportOf(await inputOf(reordered)).json
      if (said(again) !== said(first.json))
        return `another report for another order of the files${difference(first.json, again)}`
      const more = commented(files, random)
      if (more === undefined) return undefined
      const moved = reportOf(await inputOf(more)).json
      if (withoutPlaces(moved) !== withoutPlaces(first.json))
        return `another report after a comment${difference(first.json, moved)}`
      return undefined
    },
    steps: ({ files }) => 3 * (3_000_000 + 2_000 * sizeOf(files)),
    smaller: smallerProjects,
  })
}

function difference(a: JsonReport, b: JsonReport): string {
  const [one, other] = [withoutPlaces(a).split('\n'), withoutPlaces(b).split('\n')]
  const lines = [
    ...one.filter((line) => !other.includes(line)).map((line) => `-${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `+${line}`),
  ]
  return `: ${lines.join('; ').slice(0, 200)}`
}

/** What corrects: plans carried out in memory, until nothing is left to do. */
export function fixTarget(projects: readonly Files[]): Target<ProjectCase> {
  return target<ProjectCase>({
    name: 'fix',
    make: (random) => caseOf(projects, random),
    async judge({ files, seed }) {
      const input = await inputOf(files)
      const unsafe = seed % 2 === 1
      const first = mend(input, { unsafe })
      const wrong = takenFault()
      if (wrong !== undefined) return wrong
      for (const finding of first.after.result.report.findings) {
        const place = wrongPlace(first.after.result.report.tree, finding)
        if (place !== undefined) return `after a correction ${place}`
      }
      if (changesOf(first) !== changesOf(mend(input, { unsafe }))) return 'another correction for the same project'
      // What is left is what was withheld: a second call has nothing to do.
      const second = mend(input, { unsafe, start: first.after })
      return changesOf(second) === changesOf(first) ? undefined : `a second call corrects more: ${rulesOf(second)}`
    },
    smaller: smallerProjects,
  })
}

const changesOf = ({ after }: Mended): string =>
  JSON.stringify([...after.changes].map(([path, { file, from }]) => [path, from, file?.text]).sort())

const rulesOf = ({ applied }: Mended): string =>
  [...new Set(applied.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].join(', ')
