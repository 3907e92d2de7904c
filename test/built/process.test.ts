import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundled, runBuilt } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** How the process behaves towards what is around it: old Nodes, readers that go away, full disks, folders that vanish. */

const folder = bundled()
let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-process-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

/** Runs with a reader of standard output that is gone before anything is written. */
function unread(args: readonly string[]): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [join(folder(), 'dynolint.js'), ...args], {
    cwd: repository,
    env: { PATH: process.env.PATH ?? '', LANG: 'C', DYNOLINT_NO_CACHE: '1' },
  })
  child.stdout.destroy()
  child.stdin.on('error', () => {})
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, err }))
    if (args[0] === 'logs') feed(child)
  })
}

/** A log that would run for ever. */
function feed(child: ReturnType<typeof spawn>): void {
  const line = '2026-11-22T10:00:00.000000+00:00 heroku[web.1]: State changed from up to crashed\n'
  const timer = setInterval(() => child.stdin?.write(line), 20)
  child.on('exit', () => clearInterval(timer))
}

describe('a reader that has gone away', () => {
  it.each([
    ['rules', 0],
    ['check fixtures/guide-sound', 0],
    ['check fixtures/guide', 1],
    ['check fixtures/guide --format json', 1],
  ])('leaves %s quiet, with its exit code', async (command, code) => {
    expect(await unread(command.split(' '))).toEqual({ code, err: '' })
  })

  it('ends a log that is followed', async () => {
    expect(await unread(['logs', '--follow'])).toEqual({ code: 0, err: '' })
  })
})

describe.skipIf(process.platform === 'win32')('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM'])('by %s ends a check quietly, as by that signal', (SIGNAL) => {
    const env = { BROKEN: 'signal', SIGNAL }
    // A shell makes 130 of the first and 143 of the second.
    expect(runBuilt(folder(), ['check', 'fixtures/guide'], { preload: 'broken.cjs', env })).toEqual({
      code: null,
      out: '',
      err: '',
    })
  })

  it('ends a log that is followed: what was read by then is reported', async () => {
    const child = spawn(process.execPath, [join(folder(), 'dynolint.js'), 'logs', '--follow'], {
      cwd: repository,
      env: { PATH: process.env.PATH ?? '', LANG: 'C', DYNOLINT_NO_CACHE: '1' },
    })
    let err = ''
    child.stdin.on('error', () => {})
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    // What it printed shows that it runs.
    child.stdout.once('data', () => child.kill('SIGINT'))
    feed(child)
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

describe('output', () => {
  it('that is large arrives whole through a pipe', () => {
    const { out, err } = runBuilt(folder(), ['check', 'fixtures/guide', '--format', 'sarif'])
    expect(err).toBe('')
    expect(out.length).toBeGreaterThan(100_000)
    expect(() => JSON.parse(out)).not.toThrow()
  })

  it.skipIf(!existsSync('/dev/full'))('that cannot be written is said in one line', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(folder(), 'dynolint.js'), 'rules'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
      env: { LANG: 'C', DYNOLINT_NO_CACHE: '1' },
    })
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'dynolint: cannot write the output: ENOSPC\n' })
  })
})

describe('what cannot go on', () => {
  it.skipIf(process.platform === 'win32').each([
    ['en', 'dynolint: the working directory does not exist any more\n'],
    ['fr', 'dynolint : le dossier courant n’existe plus\n'],
  ])('names a working directory that was removed (%s)', (LANG, err) => {
    const GONE = join(scratch, 'gone')
    mkdirSync(GONE)
    const env = { BROKEN: 'folder', GONE, LANG }
    expect(runBuilt(folder(), ['check'], { preload: 'broken.cjs', env })).toEqual({ code: 2, out: '', err })
  })

  it.each(['arguments', 'later', 'rejected'])('says an internal error in one line: %s', (BROKEN) => {
    const { code, err } = runBuilt(folder(), ['logs', '--file', '/dev/null'], {
      preload: 'broken.cjs',
      env: { BROKEN },
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^dynolint: internal error: first line; please report it at \S+\n$/)
  })

  it.each([
    ['18.20.4', 'en_GB.UTF-8', 'dynolint: Node 20.19 or newer is needed; this is Node 18.20.4\n'],
    ['20.18.3', 'fr_FR.UTF-8', 'dynolint : il faut Node 20.19 ou plus récent ; celui-ci est Node 20.18.3\n'],
  ])('says so on Node %s before anything else is loaded', (PRETENDED, LANG, err) => {
    // Alone, so that loading anything would fail otherwise.
    copyFileSync(join(folder(), 'dynolint.js'), join(scratch, 'dynolint.js'))
    const env = { BROKEN: 'old', PRETENDED, LANG }
    expect(runBuilt(scratch, ['check'], { preload: 'broken.cjs', env })).toEqual({ code: 2, out: '', err })
  })

  it('names a damaged installation', () => {
    copyFileSync(join(folder(), 'dynolint.js'), join(scratch, 'dynolint.js'))
    const { code, err } = runBuilt(scratch, ['check'])
    expect(code).toBe(2)
    expect(err).toMatch(/^dynolint: cannot start: [^\n]+\n$/)
  })
})

describe('what V8 optimizes', () => {
  const major = Number.parseInt(process.versions.node, 10)

  it.each([
    ['check fixtures/guide-sound', true],
    ['rules', true],
    ['--version', false],
    ['check --help', false],
    ['lsp', false],
  ])('waits in %s: %s', (command, waits) => {
    const log = join(scratch, 'flags')
    const { err } = runBuilt(folder(), command.split(' '), { preload: 'v8-flags.cjs', env: { V8_FLAGS: log } })
    expect(err).not.toContain('flag')
    const flags = existsSync(log) ? readFileSync(log, 'utf8').trim().split(' ') : []
    expect(flags).toHaveLength(!waits || ![20, 22, 24].includes(major) ? 0 : major === 20 ? 2 : 3)
  })
})
