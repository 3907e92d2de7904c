import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import type { Presence } from '../../src/files/present.ts'
import type { FileTree } from '../../src/files/tree.ts'
import type { Changes } from '../../src/mend/apply.ts'
import { prepare } from '../../src/mend/prepare/prepare.ts'
import { today } from '../support/app.ts'
import { presenceIn } from '../support/presence.ts'
import { repository } from '../support/trees.ts'
import { type Case, CaseError, type WrittenFile } from './case.ts'

export interface ProjectFile {
  readonly bytes: Uint8Array
  readonly executable: boolean
}

/** A project in memory: what its author has on the disk, and what of it the push carries. */
export interface Project {
  readonly files: ReadonlyMap<string, ProjectFile>
  readonly tree: FileTree
  readonly presence: Presence
  /** Of everything reality depends on: a stored result belongs to it. */
  readonly hash: string
}

/** The project a case describes. Throws a CaseError when an edit or a removal finds nothing. */
export function projectOf(one: Case): Project {
  const files = new Map(one.base === 'empty' ? [] : baseFiles(one))
  for (const path of one.remove) remove(one, files, path)
  for (const [path, file] of Object.entries(one.files)) files.set(path, written(file))
  for (const edit of one.edits) applyEdit(one, files, edit)
  for (const pin of one.python) applyPin(one, files, pin)
  for (const path of one.untracked) {
    if (![...files.keys()].some((name) => inside(name, path))) throw new CaseError(one.name, 'untracked', `no ${path}`)
  }
  const project = caseProject(one, files)
  return one.prepared ? preparedProject(one, project) : project
}

/** A case's project with these files. */
export function caseProject(one: Case, files: ReadonlyMap<string, ProjectFile>): Project {
  const tree = memoryTree(Object.fromEntries([...files].map(([path, file]) => [path, file.bytes])))
  return {
    files,
    tree,
    presence: presenceIn(tree, [...files.keys()], {
      untracked: one.untracked,
      ignored: [],
      executable: [...files].filter(([, file]) => file.executable).map(([path]) => path),
    }),
    hash: hashOf(files, [one.env, one.untracked, one.drive, one.until, ...circumstances(one)]),
  }
}

/** A case's project after changes of the linter. */
export function changedProject(one: Case, project: Project, changes: Changes): Project {
  const files = new Map(project.files)
  for (const [path, { file, from }] of changes) {
    const before = project.files.get(from ?? path)
    if (file === undefined) files.delete(path)
    else files.set(path, { bytes: file.bytes, executable: before?.executable ?? false })
  }
  return caseProject(one, files)
}

function preparedProject(one: Case, project: Project): Project {
  const { after } = prepare({ today, tree: project.tree, presence: project.presence, config: defaultConfig })
  return changedProject(one, project, after.changes)
}

/** Those that few cases have: the others keep the hash they had before there were any. */
function circumstances({ routes, foreign }: Case): unknown[] {
  return routes.length === 0 && foreign === undefined ? [] : [routes, foreign]
}

/** Writes what the push carries into a folder. */
export function writeProject(project: Project, folder: string): void {
  for (const [path, file] of project.files) {
    if (!project.presence.isPresent(path)) continue
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, file.bytes)
    chmodSync(target, file.executable ? 0o755 : 0o644)
  }
}

function baseFiles(one: Case): [string, ProjectFile][] {
  const root = one.base.startsWith('tutorials/')
    ? join(import.meta.dirname, one.base)
    : join(repository, 'fixtures', one.base)
  if (one.base === 'expected' || statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new CaseError(one.name, 'base', `fixtures/ has no project ${one.base}`)
  }
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const executable = (statSync(path).mode & 0o100) !== 0
      return [relative(root, path).split(sep).join('/'), { bytes: readFileSync(path), executable }]
    })
}

function remove(one: Case, files: Map<string, ProjectFile>, path: string): void {
  const gone = [...files.keys()].filter((name) => inside(name, path))
  if (gone.length === 0) throw new CaseError(one.name, 'remove', `no ${path}`)
  for (const name of gone) files.delete(name)
}

function inside(name: string, path: string): boolean {
  return name === path || name.startsWith(`${path.replace(/\/$/u, '')}/`)
}

function written(file: WrittenFile): ProjectFile {
  const { text, encoding = 'utf-8', executable } = typeof file === 'string' ? { text: file } : file
  return { bytes: encode(text, encoding), executable: executable ?? text.startsWith('#!') }
}

function encode(text: string, encoding: 'utf-8' | 'utf-8-bom' | 'utf-16' | 'utf-16le' | 'latin1'): Uint8Array {
  if (encoding === 'utf-8-bom') return Buffer.from(`\uFEFF${text}`, 'utf8')
  if (encoding === 'utf-16') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  return Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : encoding)
}

function applyEdit(one: Case, files: Map<string, ProjectFile>, edit: Case['edits'][number]): void {
  const file = files.get(edit.file)
  if (file === undefined) throw new CaseError(one.name, 'edits', `no ${edit.file}`)
  const text = Buffer.from(file.bytes).toString('utf8')
  if (!text.includes(edit.find)) throw new CaseError(one.name, 'edits', `${edit.file} has no ${edit.find}`)
  files.set(edit.file, {
    ...file,
    bytes: Buffer.from(
      text.replaceAll(edit.find, () => edit.replace),
      'utf8',
    ),
  })
}

/** `redis==8.0.0` takes the place of the line that names redis, else it is added. */
function applyPin(one: Case, files: Map<string, ProjectFile>, pin: string): void {
  const file = files.get('requirements.txt')
  if (file === undefined) throw new CaseError(one.name, 'python', 'no requirements.txt to put pins in')
  const lines = Buffer.from(file.bytes).toString('utf8').replace(/\n$/u, '').split('\n')
  const at = lines.findIndex((line) => packageOf(line) === packageOf(pin))
  if (at === -1) lines.push(pin)
  else lines[at] = pin
  files.set('requirements.txt', { ...file, bytes: Buffer.from(`${lines.join('\n')}\n`, 'utf8') })
}

/** The name a requirement is about, as pip compares names; undefined: none. */
export function packageOf(line: string): string | undefined {
  return /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/u
    .exec(line)?.[1]
    ?.toLowerCase()
    .replace(/[-_.]+/gu, '-')
}

/** Of the files, and of what else reality depends on. */
export function hashOf(files: ReadonlyMap<string, ProjectFile>, circumstances: readonly unknown[]): string {
  const hash = createHash('sha256')
  for (const path of [...files.keys()].sort()) {
    const file = files.get(path) as ProjectFile
    hash.update(JSON.stringify([path, file.executable, Buffer.from(file.bytes).toString('latin1')]))
  }
  hash.update(JSON.stringify(circumstances))
  return hash.digest('hex').slice(0, 16)
}
