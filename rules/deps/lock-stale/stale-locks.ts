import type { App } from '../../../src/app/app.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { sha256Hex } from '../../../src/digest.ts'
import { readText } from '../../../src/files/tree.ts'
import { at, type DataNode, entriesOf, insideQuotes, textOf } from '../../../src/syntax/data.ts'
import { parseJson } from '../../../src/syntax/json/json.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'
import { uvDisagreement } from './uv-lock.ts'

/** A lock that was not generated from the manifest beside it. */
export interface StaleLock {
  readonly tool: 'Pipenv' | 'Poetry' | 'uv'
  readonly lock: string
  readonly manifest: string
  /** The hash in the lock, or the project's own entry. */
  readonly at: Place
}

/** Locks the build installs from whose tool would refuse them. What cannot be computed surely is not stale. */
export function staleLocks(app: App): readonly StaleLock[] {
  return app.dependencies.installFiles.flatMap(({ format, path }) => {
    if (format === 'pipfile.lock') return pipfile(app, path)
    if (format === 'poetry.lock') return poetry(app, path)
    return format === 'uv.lock' ? uv(app, path) : []
  })
}

function pipfile(app: App, lock: string): StaleLock[] {
  const hash = at(parseJson(readText(app.tree, lock)?.text ?? '').root, '_meta', 'hash', 'sha256')
  const manifest = parseToml(readText(app.tree, 'Pipfile')?.text ?? '').root
  const written = textOf(hash)
  if (hash === undefined || written === undefined || !/^[0-9a-f]{64}$/.test(written)) return []
  const computed = pipfileHashes(manifest)
  if (computed === undefined || computed.includes(written)) return []
  return [{ tool: 'Pipenv', lock, manifest: 'Pipfile', at: { file: lock, span: insideQuotes(hash.span) } }]
}

/** As Pipenv computes it: with further categories (since 2022.10), and without. A Pipfile without `[[source]]` is not judged. */
export function pipfileHashes(manifest: DataNode | undefined): readonly string[] | undefined {
  const source = at(manifest, 'source')
  if (manifest?.kind !== 'table' || source === undefined) return undefined
  const known = new Set([
    'source',
    'packages',
    'dev-packages',
    'requires',
    'scripts',
    'pipfile',
    'pipenv',
    'default',
    'develop',
  ])
  const further = entriesOf(manifest).filter(([name]) => !known.has(name))
  const base: [string, Plain][] = [
    ['_meta', { requires: at(manifest, 'requires') ?? {}, sources: source }],
    ['default', at(manifest, 'packages') ?? {}],
    ['develop', at(manifest, 'dev-packages') ?? {}],
  ]
  const variants = [base, [...base, ...further.map(([name, { value }]): [string, Plain] => [name, value])]]
  const texts = variants.map((entries) => pythonJson(Object.fromEntries(entries), ',', ':'))
  return texts.some((text) => text === undefined) ? undefined : texts.map((text) => sha256Hex(text as string))
}

function poetry(app: App, lock: string): StaleLock[] {
  const text = readText(app.tree, lock)?.text ?? ''
  const hash = /^content-hash = "([0-9a-f]{64})"/m.exec(text)
  const manifest = parseToml(readText(app.tree, 'pyproject.toml')?.text ?? '').root
  if (hash === null || manifest === undefined) return []
  const computed = poetryHashes(manifest)
  if (computed === undefined || computed.includes(hash[1] as string)) return []
  const start = hash.index + hash[0].length - 65
  return [{ tool: 'Poetry', lock, manifest: 'pyproject.toml', at: { file: lock, span: { start, end: start + 64 } } }]
}

/** As Poetry 2.5 computes `content-hash`, with dependency groups (since 2.3) and without. */
export function poetryHashes(manifest: DataNode | undefined): readonly string[] | undefined {
  const project = at(manifest, 'project')
  const own = at(manifest, 'tool', 'poetry')
  const pick = (node: DataNode | undefined, keys: readonly string[]) =>
    keys.flatMap((key): [string, Plain][] => {
      const value = at(node, key)
      return value === undefined ? [] : [[key, value]]
    })
  const projectPart = pick(project, ['requires-python', 'dependencies', 'optional-dependencies'])
  const groups = at(manifest, 'dependency-groups')
  const hash = (group: DataNode | undefined): string | undefined => {
    const hasGroup = group !== undefined && entriesOf(group).length > 0
    const tool = Object.fromEntries(pick(own, ['dependencies', 'source', 'extras', 'dev-dependencies', 'group']))
    const legacy = { dependencies: null, source: null, extras: null, 'dev-dependencies': null }
    const content: Plain =
      projectPart.length > 0 || hasGroup
        ? {
            ...(projectPart.length > 0 && { project: Object.fromEntries(projectPart) }),
            ...(hasGroup && { 'dependency-groups': group }),
            tool: { poetry: tool },
          }
        : { ...legacy, ...tool }
    const json = pythonJson(content, ', ', ': ')
    return json === undefined ? undefined : sha256Hex(json)
  }
  const hashes = [hash(groups), hash(undefined)]
  return hashes.some((one) => one === undefined) ? undefined : (hashes as string[])
}

type Plain = DataNode | null | { readonly [key: string]: Plain }

const isNode = (value: Plain): value is DataNode =>
  value !== null && typeof (value as { kind?: unknown }).kind === 'string'

/** Python's `json.dumps(value, sort_keys=True)`; undefined for what JSON cannot say or would say another way (dates, floats). */
function pythonJson(value: Plain, comma: string, colon: string): string | undefined {
  if (value === null) return 'null'
  if (!isNode(value)) return object(Object.entries(value), comma, colon)
  switch (value.kind) {
    case 'text':
      return quoted(value.text)
    case 'boolean':
      return String(value.value)
    case 'list': {
      const items = value.items.map((item) => pythonJson(item, comma, colon))
      return items.includes(undefined) ? undefined : `[${items.join(comma)}]`
    }
    case 'table':
      return object(
        entriesOf(value).map(([name, entry]) => [name, entry.value]),
        comma,
        colon,
      )
    case 'number':
    case 'other':
      return /^-?(?:0|[1-9]\d*)$/.test(value.text) ? value.text : undefined
  }
}

function object(entries: readonly (readonly [string, Plain])[], comma: string, colon: string): string | undefined {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const members = sorted.map(([name, value]) => {
    const text = pythonJson(value, comma, colon)
    return text === undefined ? undefined : quoted(name) + colon + text
  })
  return members.includes(undefined) ? undefined : `{${members.join(comma)}}`
}

/** `json.dumps` escapes everything outside ASCII. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) =>
    c === '\u007f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

function uv(app: App, lock: string): StaleLock[] {
  const manifest = parseToml(readText(app.tree, 'pyproject.toml')?.text ?? '').root
  const span = uvDisagreement(readText(app.tree, lock)?.text ?? '', manifest)
  return span === undefined ? [] : [{ tool: 'uv', lock, manifest: 'pyproject.toml', at: { file: lock, span } }]
}
