import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Stores what `python`, a CPython 3.13, makes of the files in vectors/ and of the settings files of the reader's
 * tests, so that the comparison runs without Python.
 */
export function storeVectors(python: string): void {
  const here = dirname(fileURLToPath(import.meta.url))
  const folders = [join(here, 'vectors'), join(here, '../../syntax/python/settings')]
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.py'))
      .map((name) => join(folder, name)),
  )
  const input = files.map((file) => file + '\n').join('')
  const dump = spawnSync(python, ['-I', join(here, 'dump_ast.py')], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (dump.status !== 0) throw new Error(dump.error?.message ?? dump.stderr)

  const lines = dump.stdout.split('\n')
  for (let i = 0; i < lines.length - 1; ) {
    const [, status, count, path] = /^= (\S+) (\d+) (.*)$/.exec(lines[i] as string) ?? []
    if (status !== 'ok' || path === undefined) throw new Error(`CPython refuses ${path}: ${status}`)
    const next = i + 1 + Number(count)
    const tree = lines.slice(i + 1, next).join('\n') + '\n'
    writeFileSync(join(here, 'vectors', basename(path).replace(/py$/, 'ast')), tree)
    i = next
  }
}
