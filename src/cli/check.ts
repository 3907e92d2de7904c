import { relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { about, pageUrl } from '../about.generated.ts'
import { check } from '../check.ts'
import { severities } from '../contracts/severity.ts'
import { kindOf, realPlace, realpathSync } from '../files/fs.ts'
import { gitRoot } from '../files/roots.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { formats } from '../report/formats.ts'
import type { AppReport, RunReport } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

/**
 * `dynolint check [paths…]`. The whole app is read whatever path was given; naming files only filters what is shown. With
 * `--fix` it is read again afterwards: the report, in whatever format, and the exit code tell what is left.
 */
export async function checkCommand(args: CommandLine, io: Io): Promise<number> {
  const { roots, files } = await collect(args.rest.length > 0 ? args.rest : ['.'], args, io)
  let checked = await checkAll(roots, files, args, io)
  let fixed: RunReport['fixed']
  let refused = false
  if (args.fix !== 'none') {
    const { applyFixes } = await import('./fix.ts')
    const corrections = applyFixes(checked.apps, roots, args, io)
    fixed = corrections.fixed
    refused = corrections.refused
    if (fixed.length > 0) checked = await checkAll(roots, files, args, io)
  }
  const { apps, trouble } = checked
  io.out(
    formats[args.format](
      { version: about.version, apps, rules, fixed },
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
  if (trouble || refused) return exit.trouble
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
    for (const { part, error } of result.app.audit.failures) {
      trouble = true
      io.err(
        `dynolint: ${part}: ${error instanceof Error ? error.message : String(error)} (${about.repository}/issues)\n`,
      )
      if ((args.debug || io.env.DYNOLINT_DEBUG !== undefined) && error instanceof Error) io.err(`${error.stack}\n`)
    }
    if (opened.configProblems.length > 0) trouble = true
    apps.push(onlyIn(files, { root: fromWorkingDirectory(root, io.cwd), ...result.report }))
  }
  return { apps, trouble }
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
  const named = (file: string): boolean => files.has(resolve(app.tree.root, file))
  return { ...app, findings: app.findings.filter((f) => named(f.at.file) || f.related.some((r) => named(r.at.file))) }
}

function fromWorkingDirectory(root: string, cwd: string): string {
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
