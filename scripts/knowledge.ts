/**
 * Refreshes src/knowledge/packages/data.generated.ts from the Python package index that pip is configured for:
 * `npm run knowledge`. Metadata only: one request per package for its files, and one per release for the end of a wheel,
 * where its METADATA lies. Answers are kept under .cache/knowledge, so that a second run asks for new releases alone.
 * Then prints what changed, for review. Needs a Python with pip (`PIP_PYTHON`, default python3).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync, inflateRawSync } from 'node:zlib'
import { type Packed, type PackedPackage, unpack } from '../src/knowledge/packages/packed.ts'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { isError, parseRequirement } from '../src/syntax/requirements/requirement.ts'
import { compareVersionTexts, parseVersion } from '../src/syntax/requirements/version.ts'

const names =
  `Django channels channels-redis daphne redis asgiref uvicorn uvicorn-worker gunicorn hypercorn granian autobahn
  twisted msgpack websockets wsproto whitenoise django-redis celery kombu django-environ python-decouple dj-database-url
  django-heroku psycopg psycopg2 psycopg2-binary asgi-redis aioredis hiredis channels-postgres channels-rabbitmq`
    .split(/\s+/)
    .map(normaliseName)

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache/knowledge')
const target = join(root, 'src/knowledge/packages/data.generated.ts')

interface IndexFile {
  readonly filename: string
  readonly url: string
  readonly size?: number
  readonly yanked?: boolean | string
  readonly 'requires-python'?: string | null
  readonly 'upload-time'?: string
}

/** The simple index of pip's own configuration, or the one pip was built with. */
function indexUrl(): string {
  const python = process.env.PIP_PYTHON ?? 'python3'
  const run = (...args: string[]) =>
    execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return run('-m', 'pip', 'config', 'get', 'global.index-url')
  } catch {
    return run('-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)')
  }
}

async function remembered(key: string, ask: () => Promise<string>): Promise<string> {
  const path = join(cache, key)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  const answer = await ask()
  writeFileSync(path, answer)
  await pause(50)
  return answer
}

async function filesOf(index: string, name: string): Promise<readonly IndexFile[]> {
  const day = new Date().toISOString().slice(0, 10)
  const answer = await remembered(`${name}@${day}.json`, async () => {
    const response = await fetch(`${index.replace(/\/$/, '')}/${name}/`, {
      headers: { accept: 'application/vnd.pypi.simple.v1+json' },
    })
    if (!response.ok) throw new Error(`${name}: ${response.status}`)
    return response.text()
  })
  return (JSON.parse(answer) as { files: IndexFile[] }).files
}

/** Version in a file name of the project; undefined for formats nobody installs any more. */
function versionOf(name: string, { filename }: IndexFile): string | undefined {
  const stem = filename.replace(/\.(?:whl|tar\.gz|tar\.bz2|zip|tgz)$/, '')
  if (stem === filename) return undefined
  const length = stem.split('-').findIndex((_, i, parts) => normaliseName(parts.slice(0, i + 1).join('-')) === name)
  const rest = stem.split('-').slice(length + 1)
  const version = filename.endsWith('.whl') ? rest[0] : rest.join('-')
  return version !== undefined && parseVersion(version) !== undefined ? version : undefined
}

const byVersion = (name: string, files: readonly IndexFile[]): Map<string, IndexFile[]> => {
  const found = new Map<string, IndexFile[]>()
  for (const file of files) {
    const version = versionOf(name, file)
    if (version !== undefined) found.set(version, [...(found.get(version) ?? []), file])
  }
  return new Map([...found].sort(([a], [b]) => compareVersionTexts(a, b)))
}

/** METADATA of a release's smallest wheel; empty when it has none. */
async function metadata(name: string, version: string, files: readonly IndexFile[]): Promise<string> {
  const wheel = files
    .filter(({ filename }) => filename.endsWith('.whl'))
    .sort((a, b) => (a.size ?? 0) - (b.size ?? 0))[0]
  if (wheel === undefined) return ''
  return remembered(`${name}-${version}.metadata`, async () => {
    for (const bytes of [60_000, 1_000_000, 20_000_000]) {
      const response = await fetch(wheel.url, { headers: { range: `bytes=-${Math.min(bytes, wheel.size ?? bytes)}` } })
      if (!response.ok) throw new Error(`${wheel.filename}: ${response.status}`)
      const found = metadataIn(Buffer.from(await response.arrayBuffer()))
      if (found !== undefined) return found
    }
    throw new Error(`${wheel.filename}: no METADATA`)
  })
}

/** Reads `*.dist-info/METADATA` out of the last bytes of a zip archive; undefined when it lies further up. */
function metadataIn(tail: Buffer): string | undefined {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) return undefined
  const directory = end - tail.readUInt32LE(end + 12)
  const shift = directory - tail.readUInt32LE(end + 16)
  if (directory < 0) return undefined
  for (let at = directory; at + 46 <= end && tail.readUInt32LE(at) === 0x02014b50; ) {
    const [length, extra, comment] = [28, 30, 32].map((field) => tail.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const path = tail.toString('utf8', at + 46, at + 46 + length)
    if (/^[^/]+\.dist-info\/METADATA$/.test(path)) {
      const start = tail.readUInt32LE(at + 42) + shift
      if (start < 0) return undefined
      const from = start + 30 + tail.readUInt16LE(start + 26) + tail.readUInt16LE(start + 28)
      const content = tail.subarray(from, from + tail.readUInt32LE(at + 20))
      return (tail.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content)).toString('utf8')
    }
    at += 46 + length + extra + comment
  }
  return undefined
}

/** `Requires-Dist` lines worth keeping: what is always required, and what an extra requires of a package listed here. */
function requirements(text: string): string[] {
  const out: string[] = []
  for (const [, line] of text.split(/\r?\n\r?\n/, 1)[0]?.matchAll(/^Requires-Dist:[ \t]*(.*)$/gm) ?? []) {
    const parsed = parseRequirement((line as string).trim())
    if (isError(parsed)) continue
    const extra = /extra\s*==\s*['"]([^'"]*)['"]/.exec(line as string)?.[1]
    if (extra !== undefined && /test|doc|dev|lint|typ/.test(extra)) continue
    if (extra !== undefined && !names.includes(normaliseName(parsed.name))) continue
    const [head = '', marker] = (line as string).split(';')
    out.push(head.replace(/[\s()]/g, '') + (marker === undefined ? '' : `;${marker.trim().replace(/\s+/g, ' ')}`))
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
  for (const [version, files] of releases) texts.push(await metadata(name, version, files))
  const yanked = releases.flatMap(([, files], i) => (files.every(({ yanked }) => yanked) ? [i] : []))
  const first = (files: readonly IndexFile[]) => files.map((file) => file['upload-time'] ?? '').sort()[0] ?? ''
  return {
    versions: releases.map(([version]) => version).join(' '),
    days: releases.map(([, files]) => Math.floor(Date.parse(first(files)) / 86_400_000) || 0),
    yanked,
    python: runs(releases.map(([, files]) => files.find((file) => file['requires-python'])?.['requires-python'] ?? '')),
    requires: runs(texts.map((text) => (text === '' ? null : requirements(text)))),
  }
}

function describe(old: Packed | undefined, packed: Packed): void {
  for (const name of names) {
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

mkdirSync(cache, { recursive: true })
const index = indexUrl()
const packages: Record<string, PackedPackage> = {}
for (const name of names) {
  packages[name] = await read(index, name)
  console.error(`${name}: ${packages[name]?.days.length} releases`)
}
const packed: Packed = { date: new Date().toISOString().slice(0, 10), packages }
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
