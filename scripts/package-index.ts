/** Asks the Python package index that pip is configured for; answers are kept under .cache/knowledge. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { normaliseName } from '../src/syntax/requirements/marker.ts'
import { compareVersionTexts, parseVersion } from '../src/syntax/requirements/version.ts'

const cache = join(import.meta.dirname, '..', '.cache/knowledge')
mkdirSync(cache, { recursive: true })

export interface IndexFile {
  readonly filename: string
  readonly url: string
  readonly size?: number
  readonly yanked?: boolean | string
  readonly 'requires-python'?: string | null
  readonly 'upload-time'?: string
}

/** The simple index of pip's own configuration, or the one pip was built with. */
export function indexUrl(): string {
  const python = process.env.PIP_PYTHON ?? 'python3'
  const run = (...args: string[]) =>
    execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return run('-m', 'pip', 'config', 'get', 'global.index-url')
  } catch {
    return run('-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)')
  }
}

export async function remembered(key: string, ask: () => Promise<string>): Promise<string> {
  const path = join(cache, key)
  if (existsSync(path)) return readFileSync(path, 'utf8')
  const answer = await ask()
  writeFileSync(path, answer)
  await pause(50)
  return answer
}

export async function filesOf(index: string, name: string): Promise<readonly IndexFile[]> {
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

export const byVersion = (name: string, files: readonly IndexFile[]): Map<string, IndexFile[]> => {
  const found = new Map<string, IndexFile[]>()
  for (const file of files) {
    const version = versionOf(name, file)
    if (version !== undefined) found.set(version, [...(found.get(version) ?? []), file])
  }
  return new Map([...found].sort(([a], [b]) => compareVersionTexts(a, b)))
}

/** The smallest wheel of a release; undefined when it has none. */
export const smallestWheel = (files: readonly IndexFile[]): IndexFile | undefined =>
  files.filter(({ filename }) => filename.endsWith('.whl')).sort((a, b) => (a.size ?? 0) - (b.size ?? 0))[0]

/** What a wheel holds: all paths, and the text of the members whose path matches. */
export interface WheelContents {
  readonly paths: readonly string[]
  readonly texts: ReadonlyMap<string, string>
}

/** Reads a wheel by its end alone, where the directory and the metadata lie; by more of it when that is not enough. */
export async function readWheel(wheel: IndexFile, wanted: RegExp): Promise<WheelContents> {
  for (const bytes of [60_000, 1_000_000, 20_000_000]) {
    const response = await fetch(wheel.url, { headers: { range: `bytes=-${Math.min(bytes, wheel.size ?? bytes)}` } })
    if (!response.ok) throw new Error(`${wheel.filename}: ${response.status}`)
    const found = contentsIn(Buffer.from(await response.arrayBuffer()), wanted)
    if (found !== undefined) return found
  }
  throw new Error(`${wheel.filename}: its directory is out of reach`)
}

/** Undefined when the directory or a wanted member lies further up than these last bytes of a zip archive. */
function contentsIn(tail: Buffer, wanted: RegExp): WheelContents | undefined {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) return undefined
  const directory = end - tail.readUInt32LE(end + 12)
  const shift = directory - tail.readUInt32LE(end + 16)
  if (directory < 0) return undefined
  const paths: string[] = []
  const texts = new Map<string, string>()
  for (let at = directory; at + 46 <= end && tail.readUInt32LE(at) === 0x02014b50; ) {
    const [length, extra, comment] = [28, 30, 32].map((field) => tail.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const path = tail.toString('utf8', at + 46, at + 46 + length)
    paths.push(path)
    if (wanted.test(path)) {
      const start = tail.readUInt32LE(at + 42) + shift
      if (start < 0) return undefined
      const from = start + 30 + tail.readUInt16LE(start + 26) + tail.readUInt16LE(start + 28)
      const content = tail.subarray(from, from + tail.readUInt32LE(at + 20))
      texts.set(path, (tail.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content)).toString('utf8'))
    }
    at += 46 + length + extra + comment
  }
  return { paths, texts }
}

/** METADATA of a release's smallest wheel; empty when it has none. */
export async function metadataOf(name: string, version: string, files: readonly IndexFile[]): Promise<string> {
  const wheel = smallestWheel(files)
  if (wheel === undefined) return ''
  return remembered(`${name}-${version}.metadata`, async () => {
    const [text] = (await readWheel(wheel, /^[^/]+\.dist-info\/METADATA$/)).texts.values()
    if (text === undefined) throw new Error(`${wheel.filename}: no METADATA`)
    return text
  })
}
