import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { alwaysPresent } from '../../../src/files/present.ts'
import { agreementOf, type Expectation, type Shown } from '../agreement.ts'
import { type Plan, planOf } from '../hops/build.ts'
import { findPython, type Python } from '../pythons.ts'
import { type Project, writeProject } from '../tree.ts'
import { install } from '../venvs.ts'
import { type Said, verdictOf } from '../verdict.ts'
import type { Reply } from '../worker.ts'
import { projectWith, trackedFiles } from './files.ts'
import { caseOf, type ListedProject, listedFor, listedProjects } from './list.ts'
import { writeRequirements } from './requirements.ts'
import { startSandboxed } from './sandbox.ts'
import { lineOf, type ProjectRow, tableOf } from './table.ts'
import { storeProjects } from './vectors.ts'

/** Of a public project nobody has named the cause: a finding at the hop that broke is all that can be compared. */
const nobody: Expectation = { rules: [], unknown: [] }

interface Options {
  readonly keep: boolean
  readonly store: boolean
  readonly jobs: number
}

/**
 * Plays public projects, each in a working tree of its own on this machine (absolute folders named OWNER__NAME). Exit code: 0
 * when the linter agrees with what was seen everywhere, 1 when not.
 */
export async function runProjects(folders: readonly string[], options: Options): Promise<number> {
  const all = listedProjects()
  const queue = [...folders]
  const rows: ProjectRow[] = []
  const next = async (): Promise<void> => {
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      const row = await runOne(listedFor(folder, all) ?? unlisted(folder), folder, options.keep)
      rows.push(row)
      process.stdout.write(`${lineOf(row)}\n`)
      if (options.store) storeProjects([row], all)
    }
  }
  await Promise.all(Array.from({ length: Math.min(options.jobs, folders.length) }, next))
  rows.sort((a, b) => (a.project.repository < b.project.repository ? -1 : 1))
  process.stdout.write(`\n${tableOf(rows)}`)
  return rows.every((row) => 'why' in row || ['agrees', 'hop only', 'not seen'].includes(row.agreement)) ? 0 : 1
}

/** The folders below `parent` whose project is listed. */
export function listedFolders(parent: string): string[] {
  const all = listedProjects()
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((folder) => listedFor(folder, all) !== undefined)
    .sort()
}

function unlisted(folder: string): ListedProject {
  return { repository: basename(folder), commit: '', pins: [], env: {}, breaks: 'none', why: '' }
}

async function runOne(project: ListedProject, folder: string, keep: boolean): Promise<ProjectRow> {
  const work = mkdtempSync(join(tmpdir(), 'reality-project-'))
  try {
    const whole = projectWith(trackedFiles(folder))
    const tree = join(work, 'tree')
    mkdirSync(tree)
    // Whether .slugignore takes a file away is for the hops and for the linter to say.
    writeProject({ ...whole, presence: alwaysPresent }, tree)
    const today = planOf(tree)
    const python = project.python === undefined ? today : findPython(project.python)
    if (python === undefined) return { project, why: `no Python ${project.python} on this machine` }
    const stood = { today, python: pythonOf(today, python) }
    const venv = 'state' in python ? undefined : await standIn(project, python, tree, join(work, 'install'))
    if (venv !== undefined && 'why' in venv) return { project, why: venv.why }
    if (venv !== undefined && 'evidence' in venv) {
      const { said } = await verdictOf(caseOf(project, undefined), whole)
      const shown: Shown = { breaks: 'build', evidence: venv.evidence, skipped: {} }
      return rowOf(project, whole, { shown, said }, stood)
    }
    if (today.state === 'install' && venv === undefined) await install(today.python, tree, today.manager)
    const reply = await inSandbox(project, venv?.path, work, keep)
    if ('why' in reply) return { project, why: reply.why }
    return rowOf(project, whole, reply, stood)
  } catch (error) {
    return { project, why: `rig: ${(error as Error).message}` }
  } finally {
    if (keep) process.stderr.write(`${project.repository}: ${work}\n`)
    else rmSync(work, { recursive: true, force: true })
  }
}

async function standIn(
  project: ListedProject,
  python: Python,
  tree: string,
  target: string,
): Promise<{ readonly path: string } | { readonly evidence: string } | { readonly why: string }> {
  if (!writeRequirements(tree, target, project.pins))
    return { why: 'no requirements.txt and no Pipfile.lock in its root' }
  const pip = await install(python, target, 'pip')
  if (pip.state === 'installed') return { path: pip.venv }
  return pip.state === 'failed' ? { evidence: pip.evidence } : { why: 'nothing was installed' }
}

function pythonOf(today: Plan, chosen: Plan | Python): string {
  if ('version' in chosen) return chosen.version
  return today.state === 'install' ? today.python.version : ''
}

async function inSandbox(
  project: ListedProject,
  venv: string | undefined,
  work: string,
  keep: boolean,
): Promise<Reply> {
  const child = startSandboxed([process.execPath, ...process.execArgv, join(import.meta.dirname, '../worker.ts')], work)
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  try {
    const { stdin, stdout } = child
    if (stdin === null || stdout === null) throw new Error('the worker has no pipes')
    const order = {
      name: project.repository,
      source: '',
      keep,
      project: { listed: project, venv, tree: '/tmp/tree' },
    }
    stdin.end(`${JSON.stringify(order)}\n`)
    for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as Reply
    return { why: 'rig: the worker ended' }
  } finally {
    end()
    process.off('exit', end)
  }
}

/**
 * With a Python that stands in, two comparisons: the build of today with what the linter says of the build, and what came after
 * with the rest of what it says.
 */
function rowOf(
  project: ListedProject,
  whole: Project,
  { shown, said }: { readonly shown: Shown; readonly said: readonly Said[] },
  { today, python }: { readonly today: Plan; readonly python: string },
): ProjectRow {
  const stoodIn = project.python !== undefined
  const refused = today.state === 'breaks' ? today.evidence : undefined
  const after = stoodIn ? said.filter((finding) => !isAboutToday(finding)) : said
  const build: Shown | undefined =
    refused === undefined ? undefined : { breaks: 'build', evidence: refused, skipped: {} }
  return {
    project,
    hash: whole.hash,
    shown,
    said,
    after,
    python,
    stoodIn,
    build: build && { evidence: build.evidence, agreement: agreementOf(said, build, nobody) },
    agreement: agreementOf(after, shown, nobody),
  }
}

/** What a Python that stands in has passed by: the version asked for, and the files that tell the buildpack what installs. */
function isAboutToday({ rule, hop }: Said): boolean {
  return hop === 'build' && (rule === 'deps/python-version' || rule === 'deps/file-conflict')
}
