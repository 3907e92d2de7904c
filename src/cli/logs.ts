import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { about, pageUrl } from '../about.generated.ts'
import type { App } from '../app/app.ts'
import { check } from '../check.ts'
import { severities } from '../contracts/severity.ts'
import { causesOf, type ProjectFinding } from '../logs/causes.ts'
import { logsJson } from '../logs/json.ts'
import type { Cause, ExplainedGroup, LogOptions, LogReport } from '../logs/log-report.ts'
import type { LineGroup, LogSummary } from '../logs/model.ts'
import { readLog } from '../logs/reader.ts'
import { socketPaths } from '../logs/sockets.ts'
import { firstSighting, logsText } from '../logs/text.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { guarded } from '../report/masking.ts'
import { type AppReport, locator, pathIn, sentence } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError, widthOf } from './io.ts'

/** A stream that says nothing for so long is a running one, in milliseconds. */
const pause = 400

/**
 * `heroku logs … | dynolint logs [project]`: what the log says, and where in the project its cause is. Reads until the
 * end or an interrupt. Log errors only fail the command when --fail-on asks for it: a log is of the past.
 */
export async function logs(args: CommandLine, io: Io): Promise<number> {
  const live = checkUsage(args, io)
  const options: LogOptions = {
    version: about.version,
    language: args.language,
    colour: args.colour,
    width: widthOf(io),
    docs: (rule) => pageUrl(rule, args.language),
  }
  const fresh: LineGroup[] = []
  const project = await readProject(args, io)
  const reader = readLog({
    isSocketPath: socketPaths(project?.map(({ app }) => app) ?? []),
    ...(live === 'never' ? {} : { onFirst: (group: LineGroup) => fresh.push(group) }),
  })
  const tell = (): void => {
    for (const group of fresh.splice(0)) io.out(firstSighting(group, options))
  }
  const onPause = (): void => {
    reader.settle()
    tell()
  }
  await drain(
    source(args, io),
    reader.push,
    live === 'never' ? undefined : onPause,
    live === 'always' ? tell : undefined,
    () => io.closed?.() === true,
  )
  const summary = reader.end()
  const report = explained(summary, project, args.language)
  io.out(args.format === 'json' ? logsJson(report, options) : logsText(report, options))
  return fails(summary, args.failOn) ? exit.findings : exit.clean
}

/** Whether first sightings are told while the log runs: on a terminal only once it turns out to be running. */
function checkUsage(args: CommandLine, io: Io): 'always' | 'running' | 'never' {
  if (args.format !== 'text' && args.format !== 'json') {
    throw new UsageError({
      en: `logs prints text or json, not ${args.format}`,
      fr: `logs écrit text ou json, pas ${args.format}`,
    })
  }
  if (args.rest.length > 1) {
    throw new UsageError({
      en: 'logs takes one project; the log itself comes from standard input or --file',
      fr: 'logs prend un seul projet ; le journal vient de l’entrée standard ou de --file',
    })
  }
  for (const path of [args.rest[0], args.file]) {
    if (path !== undefined && !existsSync(resolve(io.cwd, path))) {
      throw new UsageError({ en: `no such file or folder: ${path}`, fr: `fichier ou dossier introuvable : ${path}` })
    }
  }
  if (args.file !== undefined && statSync(resolve(io.cwd, args.file)).isDirectory()) {
    throw new UsageError({ en: `--file is a folder: ${args.file}`, fr: `--file est un dossier : ${args.file}` })
  }
  if (args.file === undefined && io.input === undefined && process.stdin.isTTY === true) {
    throw new UsageError({
      en: 'logs reads standard input: heroku logs -n 1500 | dynolint logs [project]',
      fr: 'logs lit l’entrée standard : heroku logs -n 1500 | dynolint logs [projet]',
    })
  }
  if (args.format === 'json') {
    if (!args.follow) return 'never'
    throw new UsageError({ en: '--follow prints text, not json', fr: '--follow écrit text, pas json' })
  }
  return args.follow ? 'always' : io.terminal ? 'running' : 'never'
}

function source(args: CommandLine, io: Io): AsyncIterable<Uint8Array> {
  if (args.file !== undefined) return createReadStream(resolve(io.cwd, args.file), { highWaterMark: 256 * 1024 })
  return io.input ?? process.stdin
}

/** Reads to the end, to the first interrupt (what was read by then is reported), or until nobody reads what is told. */
async function drain(
  stream: AsyncIterable<Uint8Array>,
  push: (chunk: Uint8Array) => void,
  onPause: (() => void) | undefined,
  onChunk: (() => void) | undefined,
  isClosed: () => boolean,
): Promise<void> {
  const chunks = stream[Symbol.asyncIterator]()
  let interrupted = false
  let stop = (): void => {}
  const interrupt = (): void => {
    interrupted = true
    stop()
  }
  process.once('SIGINT', interrupt)
  try {
    while (!interrupted && !isClosed()) {
      const timer = onPause && setTimeout(onPause, pause)
      const next = await new Promise<IteratorResult<Uint8Array> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined)
        chunks.next().then(resolve, reject)
      })
      clearTimeout(timer)
      if (next === undefined || next.done === true) break
      push(next.value)
      onChunk?.()
    }
  } finally {
    process.removeListener('SIGINT', interrupt)
    // A stream that still runs would keep the process alive.
    if ((interrupted || isClosed()) && stream instanceof Readable) stream.destroy()
  }
}

interface Checked {
  readonly app: App
  readonly report: AppReport
}

/** Checks the project, when one is named. */
async function readProject(args: CommandLine, io: Io): Promise<readonly Checked[] | undefined> {
  const [project] = args.rest
  if (project === undefined) return undefined
  const apps: Checked[] = []
  for (const root of await rootsOf(resolve(io.cwd, project), args, io.cwd)) {
    const path = relative(realpathSync(io.cwd), root).split(sep).join('/')
    const { app, report } = check(await openApp(root, args, io))
    apps.push({ app, report: guarded({ root: path === '' ? '.' : path, ...report }) })
  }
  return apps
}

/** Looks in the project, when there is one, for the cause of each group. */
function explained(
  summary: LogSummary,
  project: readonly Checked[] | undefined,
  language: CommandLine['language'],
): LogReport {
  if (project === undefined) {
    const groups = summary.groups.map((group) => ({ group, causes: undefined, at: undefined }))
    return { summary, groups, checked: false }
  }
  const apps = project.map(({ report }) => report)
  const findings = apps.flatMap((app, index) =>
    app.findings.map((finding): ProjectFinding => ({ app: index, finding })),
  )
  const locate = apps.map((app) => locator(app))
  const causes = (group: LineGroup): Cause[] =>
    causesOf(group, findings).map(({ app, finding }) => {
      const { file, start } = (locate[app] as ReturnType<typeof locator>)(finding.at)
      const { rule, severity, certainty } = finding
      return { rule, severity, certainty, message: sentence(finding, language), file, ...start }
    })
  const groups = summary.groups.map(
    (group): ExplainedGroup => ({
      group,
      causes: group.meaning.rules.length === 0 ? undefined : causes(group),
      at: frameIn(apps, group),
    }),
  )
  return { summary, groups, checked: true }
}

/** The frame of a traceback in the project: on the dyno its root is /app. Silent when several apps have such a file. */
function frameIn(apps: readonly AppReport[], { frame }: LineGroup): ExplainedGroup['at'] {
  if (frame === undefined) return undefined
  const holding = apps.filter(({ tree }) => tree.kind(frame.file) === 'file')
  const [app] = holding
  return app === undefined || holding.length > 1 ? undefined : { file: pathIn(app.root, frame.file), line: frame.line }
}

function fails(summary: LogSummary, failOn: CommandLine['failOn']): boolean {
  if (failOn === 'never') return false
  const least = severities.indexOf(failOn)
  return summary.groups.some(({ meaning }) => severities.indexOf(meaning.severity) <= least)
}
