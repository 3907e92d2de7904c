import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../support/trees.ts'

/** The folders below one in which a file of such a name stands, with it. */
function foldersWith(root: string, ending: string): ReadonlySet<string> {
  return new Set(
    readdirSync(join(repository, root), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => relative(repository, entry.parentPath)),
  )
}

/** The table of test/README.md: a folder of src, and the line that says what proves it. */
function provenFromAfar(): ReadonlyMap<string, string> {
  const text = readFileSync(join(repository, 'test/README.md'), 'utf8')
  return new Map(
    [...text.matchAll(/^\| `(src[^`]*)` \| (.+) \|$/gm)].map(([, folder = '', line = '']) => [folder, line]),
  )
}

describe('the tests', () => {
  const sources = foldersWith('src', '.ts')
  const tested = foldersWith('test', '.test.ts')
  const proven = provenFromAfar()
  const mirror = (folder: string) => folder.replace(/^src/, 'test')

  it('stand where their sources do, or a line says what proves the folder', () => {
    const neither = [...sources].filter((folder) => !tested.has(mirror(folder)) && !proven.has(folder))
    expect(neither).toEqual([])
    const both = [...proven.keys()].filter((folder) => tested.has(mirror(folder)) || !sources.has(folder))
    expect(both, 'these have a test of their own, or are gone').toEqual([])
  })

  it('are named in those lines as they are', () => {
    const named = [...proven.values()].flatMap((line) => [...line.matchAll(/`((?:test|rules)\/[^`]+)`/g)])
    expect(named.filter(([, path = '']) => !existsSync(join(repository, path))).map(([, path]) => path)).toEqual([])
  })

  it('stand in a folder of src, or in one of those beside the mirror', () => {
    const beside = [
      'architecture',
      'built',
      'docs',
      'editors',
      'fixtures',
      'oracle',
      'pages',
      'playground',
      'reality',
      'rules',
      'scripts',
    ]
    const lost = [...tested]
      .map((folder) => folder.replace(/^test\/?/, ''))
      .filter((folder) => !beside.includes(folder.split('/')[0] ?? '') && !existsSync(join(repository, 'src', folder)))
    expect(lost).toEqual([])
  })
})
