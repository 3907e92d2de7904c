import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { diskTree } from '../../../src/files/disk.ts'
import { needPaths } from '../environment.ts'
import { argv, collect } from './collect.ts'
import { type PackageNames, type Project, projectsOf } from './project.ts'
import { prepareVenv, standardModules, venvModules } from './python.ts'
import { type Counts, emptyCounts, Report } from './report.ts'
import { compareAll, run } from './tool.ts'
import { writeVectors } from './vectors.ts'
import { judgeWorlds } from './worlds.ts'

/**
 * The settings oracle: runs the settings modules of real projects under CPython with the real packages, in a sandbox,
 * and compares every UPPERCASE name with the evaluator's answer.
 *
 *     npm run oracle:settings -- FOLDER…          repositories
 *     npm run oracle:settings -- --corpus FOLDER  every repository in it
 *     npm run oracle:settings -- --worlds FOLDER… one run per process: manage.py, asgi, wsgi, celery
 *     npm run oracle:settings -- --vectors        asks CPython again for the stored vectors
 *
 * Ends with 1 when a value is wrong or a target is missed.
 */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--vectors')) {
    prepareVenv()
    return writeVectors()
  }
  const corpus = args.indexOf('--corpus')
  const folders = args
    .filter((arg, i) => !arg.startsWith('--') && (corpus === -1 || i !== corpus + 1))
    .map((arg) => resolve(arg))
  if (corpus !== -1) {
    const parent = resolve(args[corpus + 1] ?? '.')
    needPaths([parent])
    for (const name of readdirSync(parent).sort()) {
      if (statSync(join(parent, name)).isDirectory()) folders.push(join(parent, name))
    }
  }
  if (folders.length === 0) {
    console.error('usage: oracle:settings [--corpus FOLDER] [FOLDER…] | --vectors')
    return 2
  }
  needPaths(folders)
  prepareVenv()
  const names = { standard: standardModules(), real: new Set([...venvModules().values()].flat()) }
  if (args.includes('--worlds')) return worlds(folders, names)
  const report = new Report()
  for (const folder of folders) {
    const projects = projectsOf(folder, names)
    if (projects.length === 0) report.skip(folder, 'no settings module found')
    for (const project of projects) report.add(project.name, await judge(project, names.real, report))
  }
  const { text, failed } = report.finish(targets)
  console.log(text)
  return failed ? 1 : 0
}

/** What each process of the projects chooses and reads; a line for each that is wrong. */
async function worlds(folders: readonly string[], names: PackageNames): Promise<number> {
  const total = { projects: 0, agreed: 0, open: 0, raised: 0, wrong: 0 }
  for (const folder of folders) {
    for (const project of projectsOf(folder, names)) {
      const { agreed, open, raised, wrong } = await judgeWorlds(project, names.real)
      total.projects++
      total.agreed += agreed
      total.open += open
      total.raised += raised
      total.wrong += wrong.length
      for (const line of wrong) console.log(`WRONG ${line}`)
    }
  }
  console.log(
    `${total.projects} projects: ${total.agreed} processes agreed, ${total.open} open, ${total.raised} raise, WRONG ${total.wrong}`,
  )
  return total.wrong === 0 ? 0 : 1
}

/** Shares of names that must be determined where CPython can import the module: issue-given. */
const targets = { important: 0.97, all: 0.93 }

async function judge(project: Project, real: ReadonlySet<string>, report: Report): Promise<Counts> {
  const collected = await collect(project)
  const stubs = new Set(project.stubs)
  const untracked = project.untracked
  const side = {
    tree: diskTree(project.folder),
    base: project.base === '.' ? '' : project.base,
    argv,
    installed: (name: string): boolean => stubs.has(name) || real.has(name),
    versions: collected.versions,
    isPresent: (path: string): boolean =>
      !untracked.some((gone) => path === gone || path.startsWith(gone.replace(/\/?$/, '/'))),
  }
  const counts = emptyCounts(collected.trials.length, project.stubs)
  for (const trial of collected.trials) {
    const evaluation = run({ ...side, python: trial.answer.python }, trial.module, trial.env)
    const comparison = compareAll(evaluation, trial.answer)
    report.count(counts, project.name, trial, comparison, collected.unstable)
  }
  return counts
}

process.exitCode = await main(process.argv.slice(2))
