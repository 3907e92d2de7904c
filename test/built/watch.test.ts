import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundled } from '../support/built.ts'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

/** `check --watch` as a process of its own, on a project that changes under it. */

const folder = bundled()
let project: string
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-watch-')))
  cpSync(join(repository, 'test/pages/bases/channels'), project, { recursive: true })
})
afterEach(() => {
  rmSync(project, { recursive: true, force: true })
})

interface Watching {
  /** What standard output and standard error hold once one of them has the text. */
  until(text: string): Promise<void>
  /** What was written since the last time. */
  taken(): { out: string; err: string }
  /** Ctrl-C. */
  interrupted(): Promise<number | null>
}

async function watching(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Watching> {
  const child = spawn(process.execPath, [join(folder(), 'dynolint.js'), 'check', '--watch', ...args], {
    cwd: project,
    env: { PATH: process.env.PATH ?? '', LANG: 'C', DYNOLINT_NO_CACHE: '1', ...env },
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const texts = { out: '', err: '' }
  let heard = (): void => {}
  for (const [stream, name] of [
    [child.stdout, 'out'],
    [child.stderr, 'err'],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
      heard()
    })
  }
  const watch: Watching = {
    async until(text) {
      while (!texts.out.includes(text) && !texts.err.includes(text)) {
        const next = new Promise<'heard'>((resolve) => {
          heard = () => resolve('heard')
        })
        if ((await Promise.race([next, ended])) !== 'heard') throw new Error(`it ended: ${texts.out}${texts.err}`)
      }
    },
    taken() {
      const taken = { ...texts }
      texts.out = ''
      texts.err = ''
      return taken
    },
    interrupted() {
      child.kill('SIGINT')
      return ended
    },
  }
  await watch.until(env.LANG?.startsWith('fr') === true ? 'y met fin\n' : 'ends it\n')
  return watch
}

const put = (path: string, text: string): void => writeFileSync(join(project, path), text)

describe.skipIf(process.platform === 'win32')('--watch', () => {
  it('checks first, then after each change, and ends quietly with Ctrl-C', async () => {
    const watch = await watching()
    expect(watch.taken()).toMatchObject({
      out: expect.stringContaining('0 errors'),
      err: 'watching the files; Ctrl-C ends it\n',
    })
    put('Procfile', 'web: python manage.py runserver\n')
    await watch.until(' changed: ')
    const { out, err } = watch.taken()
    expect(out).toMatch(/^\n── boot ✗ breaks/)
    expect(err).toMatch(/^Procfile changed: checked in \d+ ms\n$/)
    expect(await watch.interrupted()).toBe(0)
    expect(watch.taken()).toEqual({ out: '', err: '' })
  })

  it('speaks French', async () => {
    const watch = await watching([], { LANG: 'fr_FR.UTF-8' })
    expect(watch.taken().err).toBe('les fichiers sont surveillés\u202f; Ctrl-C y met fin\n')
    put('Procfile', 'web: python manage.py runserver\n')
    await watch.until(' a changé')
    expect(watch.taken().err).toMatch(/^Procfile a changé\u00a0: vérifié en \d+\u00a0ms\n$/)
    await watch.interrupted()
  })

  it('sees files that come, go and are replaced, in folders that are new as well', async () => {
    const watch = await watching()
    renameSync(join(project, 'Procfile'), join(project, 'kept'))
    await watch.until('procfile/missing')
    watch.taken()
    renameSync(join(project, 'kept'), join(project, 'Procfile'))
    await watch.until('0 errors')
    watch.taken()
    mkdirSync(join(project, 'pages/deep'), { recursive: true })
    put('pages/deep/index.html', '<script>new WebSocket("ws://localhost:8000/ws/chat/")</script>\n')
    await watch.until('frontend/local-endpoint')
    watch.taken()
    put('pages/deep/index.html', '')
    await watch.until('0 errors')
    await watch.interrupted()
  })

  it('says nothing about a change that changes nothing, and reports what it has not told yet', async () => {
    const watch = await watching()
    watch.taken()
    put('notes.txt', 'nothing that a check reads')
    put('notes.txt', 'nothing either')
    put('.Procfile.swp', 'an editor’s own')
    put('Procfile', 'web: python manage.py runserver\n')
    await watch.until(' changed: ')
    expect(watch.taken().out.match(/breaks first/g)).toHaveLength(1)
    await watch.interrupted()
  })

  it('goes on after a mistake in the configuration', async () => {
    const watch = await watching()
    watch.taken()
    put('dynolint.toml', 'root = "absent"\n')
    await watch.until('does not exist')
    expect(watch.taken()).toEqual({
      out: '',
      err: 'dynolint: root “absent” of the configuration does not exist\n',
    })
    put('dynolint.toml', '')
    await watch.until('dynolint.toml changed')
    expect(watch.taken().out).toContain('0 errors')
    await watch.interrupted()
  })

  it('sees the baseline, the snapshot and the lists of ignored files that stand above the root', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: project })
    git('init', '-q')
    mkdirSync(join(project, 'app'))
    for (const name of readdirSync(project))
      if (name !== '.git' && name !== 'app') renameSync(join(project, name), join(project, 'app', name))
    git('add', 'app')
    git('rm', '-q', '--cached', 'app/Procfile')
    put('dynolint.toml', 'baseline = "known.json"\nsnapshot = "facts.json"\n')
    put('known.json', '{"version": 1, "findings": []}')
    const watch = await watching(['app'])
    // One change may be told together with the rest of the one before: `2 files changed`.
    const changed = async (path: string, text: string): Promise<void> => {
      watch.taken()
      put(path, text)
      await watch.until(' changed: checked')
    }
    await changed('facts.json', '{}')
    await changed('.gitignore', 'Procfile\n')
    put('.git/info/exclude', 'Procfile\n')
    put('.gitignore', '')
    await watch.until('.git/info/exclude:1')
    await changed('.git/info/exclude', '')
    put('known.json', '[]')
    await watch.until('this is not a baseline')
    await watch.interrupted()
  })

  it('ends with the mistake when the first check cannot be made', async () => {
    expect(await dynolint(['--watch', 'absent.py'], { cwd: project })).toEqual({
      code: 2,
      out: '',
      err: 'dynolint: no such file or folder: absent.py\n',
    })
  })

  it.each([
    ['-f json', 'dynolint: --watch writes text to the terminal: leave out -f json\n'],
    ['-o report.txt', 'dynolint: --watch writes text to the terminal: leave out -o report.txt\n'],
    ['--fix', 'dynolint: --watch and --fix do not go together: --watch checks again and again, and changes nothing\n'],
    ['--staged', 'dynolint: --watch and --staged do not go together: --watch watches the files on the disk\n'],
    ['-f json --lang fr', 'dynolint\u00a0: --watch écrit du texte dans le terminal\u00a0: ôtez -f json\n'],
  ])('refuses %s', async (options, err) => {
    expect(await dynolint(['--watch', ...options.split(' ')], { cwd: project })).toEqual({ code: 2, out: '', err })
  })
})
