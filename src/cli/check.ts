import { relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { about, pageUrl } from '../about.generated.ts'
import { type CheckResult, check } from '../check.ts'
import { severities } from '../contracts/severity.ts'
import type { Finding } from '../engine/finding.ts'
import { kindOf, realPlace, realpathSync } from '../files/fs.ts'
import { gitRoot } from '../files/roots.ts'
import { formats } from '../report/formats.ts'
import type { AppReport } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'
import { openApp, rootsOf } from './open.ts'

/**
 * `dynolint check [paths…]`. The whole app is read whatever path was given; naming files only filters what is shown. With
 * `--fix` it is read again afterwards: the report, in whatever format, and the exit code tell what is left. With `--diff`
 * nothing is written, and they tell what would be.
 */
export async function checkCommand(args: CommandLine, io: Io): Promise<number> {
  const { roots, files } = await collect(args.rest.length > 0 ? args.rest : ['.'], args, io)
  const fixing = args.fix === 'none' ? undefined : await import('./fix.ts')
  if (fixing !== undefined && args.diff) {
    const { apps, trouble } = await fixing.printDiff(roots, files, args, io)
    return trouble ? exit.trouble : fails(apps, args.failOn) ? exit.findings : exit.clean
  }
  const corrections = await fixing?.fixAll(roots, files, args, io)
  const { apps, trouble } = args.fixOnly ? { apps: [], trouble: false } : await checkAll(roots, files, args, io)
  io.out(
    formats[args.format](
      { version: about.version, apps, rules, fixed: corrections?.fixed, withheld: corrections?.withheld },
      {
        language: args.language,
        colour: args.colour,
        verbose: args.verbose,
        docs: (rule) => pageUrl(rule, args.language),
        prefix: repositoryPrefix(io.cwd),
        ...(args.format === 'sarif' ? { page: await pagesIn(args.language) } : {}),
      },
    ),
  )
  if (trouble || corrections?.refused) return exit.trouble
  return fails(apps, args.failOn) ? exit.findings : exit.clean
}

interface Checked {
  readonly apps: readonly AppReport[]
  /** A mistake in a configuration, or one of ours. */
  readonly trouble: boolean
}

async function checkAll(
  roots: readonly string[],
  files: Set<string> | undefined,
  args: CommandLine,
  io: Io,
): Promise<Checked> {
  const apps: AppReport[] = []
  let trouble = false
  for (const root of roots) {
    const opened = await openApp(root, args, io)
    const result = check(opened)
    if (tellFailures(result, args, io)) trouble = true
    if (opened.configProblems.length > 0) trouble = true
    apps.push(onlyIn(files, { root: fromWorkingDirectory(root, io.cwd), ...result.report }))
  }
  return { apps, trouble }
}

/** Says what failed inside dynolint itself; whether anything did. */
export function tellFailures({ app }: CheckResult, args: CommandLine, io: Io): boolean {
  for (const { part, error } of app.audit.failures) {
    io.err(
      `dynolint: ${part}: ${error instanceof Error ? error.message : String(error)} (${about.repository}/issues)\n`,
    )
    if ((args.debug || io.env.DYNOLINT_DEBUG !== undefined) && error instanceof Error) io.err(`${error.stack}\n`)
  }
  return app.audit.failures.length > 0
}

/** The app roots of all paths, each once, and the files that were named (absolute) when all paths are files. */
async function collect(
  paths: readonly string[],
  args: CommandLine,
  io: Io,
): Promise<{ roots: string[]; files: Set<string> | undefined }> {
  const roots = new Set<string>()
  const files = new Set<string>()
  let folder = false
  for (const path of paths) {
    const full = resolve(io.cwd, path)
    const kind = kindOf(full)
    if (kind === undefined) {
      throw new UsageError({ en: `no such file or folder: ${path}`, fr: `fichier ou dossier introuvable : ${path}` })
    }
    if (kind === 'directory') folder = true
    else files.add(realPlace(full))
    for (const root of await rootsOf(full, args, io.cwd)) roots.add(root)
  }
  return { roots: [...roots].sort(), files: folder ? undefined : files }
}

function onlyIn(files: Set<string> | undefined, app: AppReport): AppReport {
  if (files === undefined) return app
  return { ...app, findings: app.findings.filter((finding) => isIn(files, app.tree.root, finding)) }
}

/** Whether a finding stands in one of some files (absolute), or something that explains it does. */
export function isIn(files: ReadonlySet<string>, root: string, { at, related }: Finding): boolean {
  return [at, ...related.map((one) => one.at)].some(({ file }) => files.has(resolve(root, file)))
}

export function fromWorkingDirectory(root: string, cwd: string): string {
  const path = relative(realpathSync(cwd), root).split(sep).join('/')
  return path === '' ? '.' : path
}

/** From the repository's root to the working directory. */
function repositoryPrefix(cwd: string): string {
  const real = realpathSync(cwd)
  const top = gitRoot(real)
  return top === undefined ? '' : relative(top, real).split(sep).join('/')
}

function fails(apps: readonly AppReport[], failOn: CommandLine['failOn']): boolean {
  if (failOn === 'never') return false
  const least = severities.indexOf(failOn)
  return apps.some((app) => app.findings.some((finding) => severities.indexOf(finding.severity) <= least))
}

async function pagesIn(language: CommandLine['language']): Promise<(rule: string) => string | undefined> {
  const { pages } = await import('../pages.generated.ts')
  return (rule) => pages[rule]?.[language]
}
