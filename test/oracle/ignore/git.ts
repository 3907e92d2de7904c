import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { foldersOf, type IgnoreCase } from './generate.ts'

/** The line that decides about a path, as `git check-ignore -v` names it; undefined when none does. */
export interface Decision {
  readonly source: string
  readonly line: number
}

/** Lays the case out as a repository in `folder`, which must not exist, and asks the real git about its paths, then about the folders above them. */
export function askGit(folder: string, example: IgnoreCase): (Decision | undefined)[] {
  layOut(folder, example)
  const asked = [...example.paths, ...foldersOf(example)]
  if (asked.length === 0) return []
  const { status, stdout } = spawnSync('git', ['check-ignore', '--no-index', '-v', '-n', '-z', '--stdin'], {
    cwd: folder,
    input: asked.map((path) => `${path}\0`).join(''),
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: dirname(folder) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  // 1: no path is ignored.
  if (status !== 0 && status !== 1) throw new Error(`git check-ignore ended with ${status} in ${folder}`)
  const fields = stdout.toString('utf8').split('\0')
  return asked.map((_, i) => {
    const [source, line] = fields.slice(i * 4, i * 4 + 2)
    return source === undefined || source === '' ? undefined : { source, line: Number(line) }
  })
}

function layOut(folder: string, { ignores, foldsCase, paths }: IgnoreCase): void {
  for (const part of ['objects', 'refs', 'info']) mkdirSync(join(folder, '.git', part), { recursive: true })
  writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(folder, '.git/config'), `[core]\n\trepositoryformatversion = 0\n\tignorecase = ${foldsCase}\n`)
  for (const path of paths) put(join(folder, path), '')
  for (const [path, content] of Object.entries(ignores)) put(join(folder, path), content)
}

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
