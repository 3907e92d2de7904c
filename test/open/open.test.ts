import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readArguments } from '../../src/cli/args.ts'
import { openApp } from '../../src/open/open.ts'
import { today } from '../support/app.ts'

let root = ''

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-open-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

test('globs of `exclude` are looked for in the app alone', async () => {
  write({
    'dynolint.toml': 'exclude = ["legacy/**", "**/*.js", "venv/**"]\n',
    Procfile: 'web: x\n',
    'legacy/a.py': '',
    'static/a.js': '',
    'static/a.css': '',
    'node_modules/p/deep/a.js': '',
    '.git/objects/a': '',
    'venv/pyvenv.cfg': '',
    'venv/lib/deep/a.js': '',
  })
  const { tree } = await openApp(
    root,
    readArguments(['check'], { cwd: root, today, env: {}, terminal: false, out() {}, err() {} }),
    { cwd: root, today },
  )
  expect(tree.list('legacy')).toEqual([])
  expect(tree.list('static').map(({ name }) => name)).toEqual(['a.css'])
  expect(tree.list('venv').map(({ name }) => name)).toEqual([])
  // What stands deep in other people's folders is not excluded, for nobody looked there.
  expect(tree.list('node_modules/p/deep').map(({ name }) => name)).toEqual(['a.js'])
})
