/**
 * Refreshes src/knowledge/packages/data.generated.ts and beside.generated.ts from the Python package index that pip is configured for:
 * `npm run knowledge`, or one of them, `npm run knowledge -- beside`. Metadata only: one request per package for its files, and one per release for the end of a wheel,
 * where its METADATA lies. Answers are kept under .cache/knowledge, so that a second run asks for new releases alone.
 * Then prints what changed, for review. Needs a Python with pip (`PIP_PYTHON`, default python3).
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { besideNames } from '../src/knowledge/packages/beside-names.ts'
import { type Packed, type PackedPackage, unpack } from '../src/knowledge/packages/packed.ts'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { isError, parseRequirement } from '../src/syntax/requirements/requirement.ts'
import { byVersion, filesOf, type IndexFile, indexUrl, metadataOf } from './package-index.ts'

const stack =
  `Django channels channels-redis daphne redis asgiref uvicorn uvicorn-worker gunicorn hypercorn granian autobahn
  twisted msgpack websockets wsproto whitenoise django-redis celery kombu django-environ python-decouple dj-database-url
  django-heroku psycopg psycopg2 psycopg2-binary asgi-redis aioredis hiredis channels-postgres channels-rabbitmq
  environs marshmallow`
    .split(/\s+/)
    .map(normaliseName)
const names = [...stack, ...besideNames]

const folder = join(import.meta.dirname, '..', 'src/knowledge/packages')

/**
 * `Requires-Dist` lines worth keeping: what is always required, and what an extra requires; of an extra of the stack, only packages
 * listed here.
 */
function requirements(name: string, text: string): string[] {
  const out: string[] = []
  for (const [, line] of text.split(/\r?\n\r?\n/, 1)[0]?.matchAll(/^Requires-Dist:[ \t]*(.*)$/gm) ?? []) {
    const parsed = parseRequirement((line as string).trim())
    if (isError(parsed)) continue
    const extra = /extra\s*==\s*['"]([^'"]*)['"]/.exec(line as string)?.[1]
    if (extra !== undefined && /test|doc|dev|lint|typ/.test(extra)) continue
    if (extra !== undefined && stack.includes(name) && !names.includes(normaliseName(parsed.name))) continue
    const [head = '', ...markers] = (line as string).split(';')
    const marker = markers.join(';').trim().replace(/\s+/g, ' ')
    out.push(head.replace(/[\s()]/g, '') + (marker === '' ? '' : `;${marker}`))
  }
  return out.sort()
}

/** [first index, value] wherever the value changes. */
function runs<T>(values: readonly T[]): [number, T][] {
  const out: [number, T][] = []
  for (const [index, value] of values.entries())
    if (out.length === 0 || JSON.stringify(out.at(-1)?.[1]) !== JSON.stringify(value)) out.push([index, value])
  return out
}

async function read(index: string, name: string): Promise<PackedPackage> {
  const releases = [...byVersion(name, await filesOf(index, name))]
  const texts: string[] = []
  for (const [version, files] of releases) texts.push(await metadataOf(name, version, files))
  const yanked = releases.flatMap(([, files], i) => (files.every(({ yanked }) => yanked) ? [i] : []))
  const first = (files: readonly IndexFile[]) => files.map((file) => file['upload-time'] ?? '').sort()[0] ?? ''
  return {
    versions: releases.map(([version]) => version).join(' '),
    days: releases.map(([, files]) => Math.floor(Date.parse(first(files)) / 86_400_000) || 0),
    yanked,
    python: runs(releases.map(([, files]) => files.find((file) => file['requires-python'])?.['requires-python'] ?? '')),
    requires: runs(texts.map((text) => (text === '' ? null : requirements(name, text)))),
  }
}

function describe(old: Packed | undefined, packed: Packed): void {
  for (const name of Object.keys(packed.packages)) {
    const before = new Map(
      (old && unpack(old, name)?.releases.map((release) => [release.version, JSON.stringify(release)])) || [],
    )
    const after = unpack(packed, name)?.releases ?? []
    const added = after.filter(({ version }) => !before.has(version)).map(({ version }) => version)
    const changed = after.filter(
      (release) => before.has(release.version) && before.get(release.version) !== JSON.stringify(release),
    )
    if (added.length + changed.length === 0) continue
    const list = (versions: readonly string[]) =>
      versions.length > 12 ? `${versions.length} releases` : versions.join(' ') || '-'
    console.log(`${name}: new ${list(added)}; changed ${list(changed.map(({ version }) => version))}`)
  }
}

const index = indexUrl()
const [only] = process.argv.slice(2)
if (only !== 'beside') await refresh('data', stack)
if (only !== 'data') await refresh('beside', besideNames)

async function refresh(file: string, wanted: readonly string[]): Promise<void> {
  const packages: Record<string, PackedPackage> = {}
  for (const name of wanted) {
    packages[name] = await read(index, name)
    console.error(`${name}: ${packages[name]?.days.length} releases`)
  }
  const packed: Packed = { date: new Date().toISOString().slice(0, 10), packages }
  const target = join(folder, `${file}.generated.ts`)
  const old = existsSync(target) ? ((await import(target)) as { readData: () => Packed }).readData() : undefined
  describe(old, packed)
  const quoted = `'${JSON.stringify(packed).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const body = `// Written by scripts/knowledge.ts from the package index; days are what the index says, counted from 1970-01-01.
import type { Packed } from './packed.ts'

const text =
  ${quoted}

/** Parsed when it is asked for: a cold start must not pay for it. */
export const readData = (): Packed => JSON.parse(text)
`
  writeFileSync(target, body)
  console.log(`${body.length} characters, ${gzipSync(body).length} compressed`)
}
