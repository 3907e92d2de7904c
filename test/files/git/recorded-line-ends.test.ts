import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskTree } from '../../../src/files/disk.ts'
import { lineEndsInGit } from '../../../src/files/git/line-ends.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { presenceOf } from '../../../src/files/presence.ts'
import { alwaysPresent } from '../../../src/files/present.ts'
import { type FileTree, readText, type SourceFile } from '../../../src/files/tree.ts'

const script = '#!/bin/sh\r\nexec daphne mysite.asgi:application\r\n'
const config = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'line-ends-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'core.safecrlf=false']
  return execFileSync('git', [...identity, ...args], { cwd: folder, env: config, encoding: 'latin1', stdio: 'pipe' })
}

const put = (path: string, text: string): void => writeFileSync(join(folder, path), text)

/** What is said of start.sh, and what a commit of everything, as git makes it, really holds of it. */
function both(): [said: string, real: string] {
  const tree = diskTree(folder)
  const said = lineEndsInGit(tree, fileOf(tree), presenceOf(folder))
  git('add', '-A')
  const real = git('show', ':start.sh').includes('\r') ? 'kept' : 'converted'
  return [said, real]
}

function fileOf(tree: FileTree): SourceFile {
  const file = readText(tree, 'start.sh')
  if (file === undefined) throw new Error('start.sh is not there')
  return file
}

describe('line ends that git holds of a script with carriage returns', () => {
  it.each(['sha1', 'sha256'])('text=auto leaves alone what was committed with them: %s', (format) => {
    git('init', '-q', `--object-format=${format}`)
    put('start.sh', script)
    git('add', '-A')
    git('commit', '-qm', 'with carriage returns')
    put('.gitattributes', '* text=auto\n')
    expect(both()).toEqual(['kept', 'kept'])
  })

  it('text=auto converts a new file', () => {
    git('init', '-q')
    put('.gitattributes', '* text=auto\n')
    git('add', '-A')
    put('start.sh', script)
    expect(both()).toEqual(['converted', 'converted'])
  })

  it('a checkout with core.autocrlf makes them of line feeds', () => {
    git('init', '-q')
    put('start.sh', script.replaceAll('\r', ''))
    git('add', '-A')
    git('commit', '-qm', 'with line feeds')
    rmSync(join(folder, 'start.sh'))
    git('config', 'core.autocrlf', 'true')
    git('checkout', '-q', '--', 'start.sh')
    expect(both()).toEqual(['converted', 'converted'])
  })

  it('an editor made them, and nothing converts', () => {
    git('init', '-q')
    put('start.sh', script.replaceAll('\r', ''))
    git('add', '-A')
    put('start.sh', script)
    expect(both()).toEqual(['kept', 'kept'])
  })

  it('-text keeps what the editor made', () => {
    git('init', '-q')
    put('.gitattributes', '*.sh -text\n')
    put('start.sh', script.replaceAll('\r', ''))
    git('add', '-A')
    put('start.sh', script)
    expect(both()).toEqual(['kept', 'kept'])
  })

  it('nothing is said of text=auto where the text is another one since', () => {
    git('init', '-q')
    put('start.sh', script)
    git('add', '-A')
    put('.gitattributes', '* text=auto\n')
    put('start.sh', `${script}# changed\r\n`)
    expect(both()).toEqual(['unknown', 'kept'])
  })

  it('nothing is said of text=auto without git', () => {
    const tree = memoryTree({ '.gitattributes': '* text=auto\n', 'start.sh': script })
    expect(lineEndsInGit(tree, fileOf(tree), alwaysPresent)).toBe('unknown')
  })
})
