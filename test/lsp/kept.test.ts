import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AppMemo } from '../../src/app/kept-app.ts'
import { type CheckInput, check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { createMemo } from '../../src/files/memo.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { alwaysPresent, type Presence } from '../../src/files/present.ts'
import { type FileTree, overlay, type SourceFile } from '../../src/files/tree.ts'
import type { Snapshot } from '../../src/snapshot/model.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'
import type { Shape } from '../../src/snapshot/shapes.ts'
import { numbers } from '../support/numbers.ts'

/**
 * A check that keeps what the ones before it computed says what one says that computes everything: after any edit of any file, files
 * that come and go, other things pushed, another configuration, another day.
 * `CHANGES=5000 SEED=7 PROJECT=/path npx vitest run test/lsp/kept` for a longer search.
 */

const changes = Number(process.env.CHANGES ?? 200)
const seed = Number(process.env.SEED ?? 1)
const project = process.env.PROJECT ?? 'fixtures/guide'

/** Most break something. */
const pieces = [
  '\n', ' ', '#', "'", '"', '(', ')', '{', '}', ':', '$PORT', '-b 127.0.0.1 ', 'DEBUG = True\n', 'if REDIS_URL:\n    ', 'é',
  'daphne', 'channels==4.3.2\n', 'django==5.2.8\n', 'web: gunicorn backend.wsgi\n', 'CHANNEL_LAYERS = {}\n', 'import missing\n',
  'from . import views\n', 'ws/chat/', 'new WebSocket("ws://localhost:8000/ws/x/")\n', '# dynolint: ignore[settings/redis-tls] x\n',
  'release: python backend/manage.py migrate\n', "ALLOWED_HOSTS = ['*']\n", 'await ', '    ', '\r\n', '{% static "x.js" %}',
  '{% extends "base.html" %}', 'worker: celery -A backend worker\n', 'import os\nX = os.environ["X"]\n', '*.js\n', 'export A=1\n',
  '-r more.txt\n', "open('Procfile').read()\n", 'def ready(self): pass\n', 'raise ValueError\n', 'from backend.settings import *\n',
] // biome-ignore format: a list

/** Files that come and go besides those of the project. */
const others: Readonly<Record<string, string>> = {
  'more.txt': 'redis==7.0.1\n',
  'requirements-dev.txt': 'pytest\n# dynolint: ignore[settings/debug] x\n',
  'runtime.txt': 'python-3.12\n',
  '.python-version': '3.12\n',
  '.profile': 'export DJANGO_SETTINGS_MODULE=backend.other\n',
  'app.json': '{"addons": ["heroku-redis"], "env": {"SECRET_KEY": {"generator": "secret"}}}',
  'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n',
  Dockerfile: 'FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\n',
  'bin/post_compile': 'python backend/manage.py migrate\n',
  '.slugignore': '*.html\n',
  'backend/backend/missing.py': 'VALUE = 1\n',
  'backend/backend/local.py': 'DEBUG = True\n',
  'backend/notifications/views.py': 'from django.shortcuts import render\n',
  'poetry.lock': '[[package]]\nname = "django"\nversion = "5.2"\n',
}

const snapshotName = 'dynolint.snapshot.json'

const snapshotOf = (config: Readonly<Record<string, Shape>>): SourceFile =>
  read(snapshotName, Buffer.from(JSON.stringify({ snapshot: 1, config }))) as SourceFile

type Files = ReadonlyMap<string, SourceFile>

function filesBelow(folder: string, prefix = ''): [string, Uint8Array][] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry): [string, Uint8Array][] => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isDirectory()) return ['.git', 'node_modules'].includes(entry.name) ? [] : filesBelow(folder, path)
    return entry.isFile() ? [[path, readFileSync(join(folder, path))]] : []
  })
}

function read(path: string, bytes: Uint8Array): SourceFile | undefined {
  const file = memoryTree({ [path]: bytes }).read(path)
  return typeof file === 'string' ? undefined : file
}

function treeOf(files: Files): FileTree {
  return overlay(memoryTree(Object.fromEntries([...files].map(([path, { bytes }]) => [path, bytes]))), files)
}

/** What is pushed when some files are not. */
function without(left: ReadonlySet<string>): Presence {
  if (left.size === 0) return alwaysPresent
  const isLeft = (path: string) => left.has(path)
  return {
    known: true,
    isPresent: (path) => !isLeft(path),
    why: (path) => (isLeft(path) ? 'untracked' : undefined),
    ignoredBy: () => undefined,
    isExecutable: (path) => (isLeft(path) ? undefined : path.startsWith('bin/')),
    recorded: () => undefined,
  }
}

function said(input: CheckInput): string {
  const { app, report } = check(input)
  const { findings, suppressed, chain, undetermined, isDjango, usesChannels, sources } = report
  const files = [...(sources?.keys() ?? [])].sort()
  const failures = app.audit.failures.map(({ part, error }) => `${part} ${error}`)
  const { parseProblems } = app
  return JSON.stringify(
    { findings, suppressed, chain, undetermined, isDjango, usesChannels, files, failures, parseProblems },
    (_, value) =>
      typeof value === 'bigint' ? `${value}` : value instanceof Map || value instanceof Set ? [...value] : value,
    1,
  )
}

describe('what is kept between checks', () => {
  it(`is never another than what is computed (${changes} changes with seed ${seed})`, () => {
    const random = numbers(seed)
    const below = (limit: number): number => Math.floor(random() * limit)
    const one = <T>(list: readonly T[]): T => list[below(list.length)] as T
    const original = new Map(
      filesBelow(project).flatMap(([path, bytes]) => {
        const file = read(path, bytes)
        return file === undefined ? [] : [[path, file] as const]
      }),
    )
    const files = new Map(original)
    const left = new Set<string>()
    let config = defaultConfig
    let today = '2026-11-29'
    let snapshot: Snapshot | undefined
    const memo: AppMemo = createMemo()

    /** Some checks come after several changes. */
    function change(): string {
      const path = below(4) === 0 ? one(Object.keys(others)) : one([...original.keys()])
      const file = files.get(path)
      switch (below(12)) {
        case 0:
          files.delete(path)
          return `${path} is gone`
        case 1:
          if (!left.delete(path)) left.add(path)
          return `${path} is ${left.has(path) ? 'not ' : ''}pushed`
        case 2:
          config = {
            ...defaultConfig,
            env: one([{}, { DEBUG: 'True' }, { REDIS_URL: false as const }]),
            platform: one(['heroku-classic', 'heroku-fir']),
          }
          return 'another configuration'
        case 3:
          today = one(['2026-11-29', '2028-01-01'])
          return `it is ${today}`
        case 4: {
          const file = one([undefined, snapshotOf({}), snapshotOf({ REDIS_URL: 'rediss-url' })])
          if (file === undefined) files.delete(snapshotName)
          else files.set(snapshotName, file)
          const known = file && readSnapshot(file)
          snapshot = known !== undefined && 'message' in known ? undefined : known
          return `a snapshot ${snapshot === undefined ? 'less' : `of ${[...(snapshot.config?.keys() ?? [])]}`}`
        }
        case 5:
        case 6: {
          const first = original.get(path) ?? read(path, Buffer.from(others[path] ?? ''))
          if (first !== undefined) files.set(path, first)
          return `${path} is as it was`
        }
        default: {
          if (file === undefined) return ''
          const start = below(file.text.length + 1)
          const end = start + (below(3) === 0 ? below(12) : 0)
          const put = one(pieces)
          const made = read(path, Buffer.from(file.text.slice(0, start) + put + file.text.slice(end)))
          if (made !== undefined) files.set(path, made)
          return `${JSON.stringify(put)} in ${path} at ${start}`
        }
      }
    }

    for (let count = 0; count < changes; count++) {
      const what = change()
      if (below(4) === 0) continue
      const input: CheckInput = { tree: treeOf(files), config, today, presence: without(left), snapshot }
      expect(said({ ...input, memo }), `change ${count} of seed ${seed}: ${what}`).toEqual(said(input))
    }
  }, 3_600_000)
})
