import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { prepare } from '../../../src/mend/prepare/prepare.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { today } from '../../support/app.ts'
import { filesBelow, repository } from '../../support/trees.ts'

type Files = Record<string, Uint8Array>

const folder = 'test/reality/tutorials'
const names = readdirSync(join(repository, folder))

/** What no release mends: Channels 3 goes with daphne 3, and Django 3.2 with an old Python. */
const remaining: Readonly<Record<string, readonly string[]>> = {
  'channels-3': ['deps/python-version python', 'deps/known-bad daphne'],
}

const prepared = (files: Files) => prepare({ tree: memoryTree(files), config: defaultConfig, today })

function afterwards(files: Files, { after }: ReturnType<typeof prepared>): Files {
  const out = { ...files }
  for (const [path, { file }] of after.changes) {
    if (file === undefined) delete out[path]
    else out[path] = file.bytes
  }
  return out
}

describe('prepare', () => {
  it.each(names)('makes %s whole, and a second time nothing', (name) => {
    const files = filesBelow(`${folder}/${name}`)
    const done = prepared(files)
    const now = afterwards(files, done)
    const left = done.after.result.report.findings.filter(({ severity }) => severity !== 'info')
    expect(left.map(({ rule, symbol }) => `${rule} ${symbol}`)).toEqual(remaining[name] ?? [])
    expect(Object.keys(now)).toEqual(expect.arrayContaining(['Procfile', '.python-version', 'app.json', '.gitignore']))
    for (const [path, bytes] of Object.entries(now)) {
      if (path.endsWith('.py')) expect(parsePython(Buffer.from(bytes).toString('utf8')).problems, path).toEqual([])
    }
    const again = prepared(now)
    expect([...again.after.changes.keys()]).toEqual([])
    expect([...again.steps, ...again.applied]).toEqual([])
  })

  it.each(names)('writes whole lines into %s also where no file ends its last line', (name) => {
    const files = Object.fromEntries(
      Object.entries(filesBelow(`${folder}/${name}`)).map(([path, bytes]) => [
        path,
        Buffer.from(Buffer.from(bytes).toString('latin1').trimEnd(), 'latin1'),
      ]),
    )
    for (const [path, bytes] of Object.entries(afterwards(files, prepared(files))))
      if (path.endsWith('.py')) expect(parsePython(Buffer.from(bytes).toString('utf8')).problems, path).toEqual([])
  })

  it('writes below a last line that has no end, once', () => {
    const base = filesBelow(`${folder}/chat`)
    const [settings = ''] = Object.keys(base).filter((path) => path.endsWith('settings.py'))
    const text = `${Buffer.from(base[settings] ?? [])
      .toString('utf8')
      .replace(/^ALLOWED_HOSTS.*$/m, '')
      .trimEnd()}\nALLOWED_HOSTS = ['chat.herokuapp.com']`
    const files = { ...base, [settings]: Buffer.from(text) }
    const now = Buffer.from(afterwards(files, prepared(files))[settings] ?? []).toString('utf8')
    expect(now.match(/^CSRF_TRUSTED_ORIGINS = /gm)).toHaveLength(1)
    expect(parsePython(now).problems).toEqual([])
  })

  it('keeps the line ends and quotes of a file', () => {
    const done = prepared(filesBelow(`${folder}/crlf`))
    for (const [path, { file }] of done.after.changes) {
      if (path.endsWith('.py')) expect(file?.text, path).not.toMatch(/[^\r]\n/)
    }
    const quoted = prepared(filesBelow(`${folder}/presence`)).after.changes.get('presence_site/settings.py')?.file?.text
    expect(quoted).toContain('os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")')
  })

  it('touches nothing of a sound project', () => {
    const done = prepared(filesBelow('fixtures/guide-sound'))
    // What a project without git lacks is made.
    expect([...done.after.changes.keys()]).toEqual(['.gitignore'])
  })
})
