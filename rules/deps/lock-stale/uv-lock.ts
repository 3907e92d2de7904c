import { isUvPackage } from '../../../src/app/dependencies/own-project.ts'
import type { Span } from '../../../src/contracts/place.ts'
import { at, type DataNode, entriesOf, itemsOf, textOf } from '../../../src/syntax/data.ts'
import { normaliseName } from '../../../src/syntax/requirements/marker.ts'
import { sameVersion } from '../../../src/syntax/requirements/version.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'
import { type AskedRequirement, differ, fromLock, fromManifest, samePythons } from './uv-requirements.ts'

/**
 * Where uv.lock says something else than pyproject.toml, so that `uv lock --check` fails: the span of the project's own entry
 * in the lock. Compared as uv does: names normalised, ranges as sets of clauses, markers by what they mean. Undefined: they
 * agree, or what differs cannot be told for sure.
 */
export function uvDisagreement(lock: string, manifest: DataNode | undefined): Span | undefined {
  const own = ownPackage(lock)
  const head = parseToml(lock.slice(0, Math.max(0, lock.search(/^\[\[package\]\]$/m)))).root
  if (own === undefined || at(manifest, 'project') === undefined || head === undefined) return undefined
  return differs(manifest, head, own.node) ? own.span : undefined
}

function differs(manifest: DataNode | undefined, head: DataNode, own: DataNode): boolean {
  const project = at(manifest, 'project')
  const lockedPython = textOf(at(head, 'requires-python'))
  const python = textOf(at(project, 'requires-python')) ?? lockedPython
  const name = textOf(at(project, 'name')) ?? ''
  const lockedName = textOf(at(own, 'name')) ?? ''
  const version = textOf(at(project, 'version'))
  const lockedVersion = textOf(at(own, 'version'))
  const dynamic = itemsOf(at(project, 'dynamic')).flatMap((item) => textOf(item) ?? [])
  if (normaliseName(name) !== normaliseName(lockedName)) return true
  if (python !== undefined && lockedPython !== undefined && !samePythons(python, lockedPython)) return true
  if (version !== undefined && lockedVersion !== undefined && !sameVersion(version, lockedVersion)) return true
  if (isUvPackage(manifest) !== (at(own, 'source', 'editable') !== undefined)) return true
  if (otherOptions(manifest, head)) return true
  const asked = { sources: at(manifest, 'tool', 'uv', 'sources'), python: lockedPython, own: name }
  const list = (key: string) => fromManifest(texts(at(manifest, 'tool', 'uv', key)), asked)
  const manifestLists: [AskedRequirement | undefined, AskedRequirement | undefined][] = [
    [list('constraint-dependencies'), fromLock(at(head, 'manifest', 'constraints'), asked)],
    [list('override-dependencies'), fromLock(at(head, 'manifest', 'overrides'), asked)],
  ]
  if (manifestLists.some(([ours, theirs]) => differ(ours, theirs))) return true
  if (dynamic.includes('dependencies') || dynamic.includes('optional-dependencies') || isOldLock(own)) return false
  return otherRequirements(project, own, asked) || otherGroups(manifest, own, asked)
}

type Situation = Parameters<typeof fromManifest>[1]

const texts = (node: DataNode | undefined): { text: string }[] =>
  itemsOf(node).flatMap((item) => {
    const text = textOf(item)
    return text === undefined ? [] : [{ text }]
  })

/** Before uv kept what the project asked for, a lock held only what it had resolved. */
const isOldLock = (own: DataNode): boolean =>
  at(own, 'metadata') === undefined &&
  ['dependencies', 'optional-dependencies', 'dev-dependencies'].some((key) => at(own, key) !== undefined)

function otherOptions(manifest: DataNode | undefined, head: DataNode): boolean {
  const uv = at(manifest, 'tool', 'uv')
  const pairs = [
    [textOf(at(uv, 'resolution')) ?? 'highest', textOf(at(head, 'options', 'resolution-mode')) ?? 'highest'],
    [
      textOf(at(uv, 'prerelease')) ?? 'if-necessary-or-explicit',
      textOf(at(head, 'options', 'prerelease-mode')) ?? 'if-necessary-or-explicit',
    ],
  ]
  const limited = textOf(at(uv, 'environments')) !== undefined || itemsOf(at(uv, 'environments')).length > 0
  return (
    pairs.some(([asked, locked]) => asked !== locked) || limited !== itemsOf(at(head, 'supported-markers')).length > 0
  )
}

function otherRequirements(project: DataNode | undefined, own: DataNode, situation: Situation): boolean {
  const extras = entriesOf(at(project, 'optional-dependencies'))
  const asked = [
    ...texts(at(project, 'dependencies')),
    ...extras.flatMap(([extra, { value }]) => texts(value).map(({ text }) => ({ text, extra: normaliseName(extra) }))),
  ]
  const names = extras.map(([name]) => normaliseName(name))
  const all = { ...situation, extras: names }
  if (differ(fromManifest(asked, all), fromLock(at(own, 'metadata', 'requires-dist'), all))) return true
  const provided = at(own, 'metadata', 'provides-extras')
  return (
    provided !== undefined &&
    !sameSet(
      names,
      itemsOf(provided).map((item) => normaliseName(textOf(item) ?? '')),
    )
  )
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((one) => b.includes(one)) && b.every((one) => a.includes(one))

function otherGroups(manifest: DataNode | undefined, own: DataNode, situation: Situation): boolean {
  const groups = groupsOf(manifest)
  if (groups === undefined) return false
  const locked = new Map(
    entriesOf(at(own, 'metadata', 'requires-dev')).map(([name, { value }]) => [normaliseName(name), value]),
  )
  if (!sameSet([...groups.keys()], [...locked.keys()])) return true
  return [...groups].some(([name, list]) =>
    differ(fromManifest(list, situation), fromLock(locked.get(name), situation)),
  )
}

/** Dependency groups with what they include; undefined for one that includes itself or is not there. */
function groupsOf(manifest: DataNode | undefined): ReadonlyMap<string, readonly { text: string }[]> | undefined {
  const written = new Map(
    entriesOf(at(manifest, 'dependency-groups')).map(([name, { value }]) => [normaliseName(name), value]),
  )
  const flat = (name: string, above: readonly string[]): { text: string }[] | undefined => {
    const group = written.get(name)
    if (group === undefined || above.includes(name)) return undefined
    const out: { text: string }[] = []
    for (const item of itemsOf(group)) {
      const text = textOf(item)
      const other = textOf(at(item, 'include-group'))
      const included = other === undefined ? [] : flat(normaliseName(other), [...above, name])
      if (included === undefined) return undefined
      out.push(...(text === undefined ? included : [{ text }]))
    }
    return out
  }
  const out = new Map<string, readonly { text: string }[]>()
  for (const name of written.keys()) {
    const list = flat(name, [])
    if (list === undefined) return undefined
    out.set(name, list)
  }
  const legacy = at(manifest, 'tool', 'uv', 'dev-dependencies')
  if (legacy !== undefined) out.set('dev', [...(out.get('dev') ?? []), ...texts(legacy)])
  return out
}

/** The table of the project itself, parsed alone: the rest of a lock is long. */
function ownPackage(text: string): { node: DataNode; span: Span } | undefined {
  const starts = [...text.matchAll(/^\[\[package\]\]$/gm)].map(({ index }) => index)
  for (const [i, start] of starts.entries()) {
    const block = text.slice(start, starts[i + 1])
    if (!/^source = \{ (?:virtual|editable) = "\." \}$/m.test(block)) continue
    const node = itemsOf(at(parseToml(block).root, 'package'))[0]
    const name = /^name = "([^"]*)"/m.exec(block)
    if (node === undefined || name === null) return undefined
    const from = start + name.index + 'name = "'.length
    return { node, span: { start: from, end: from + (name[1] as string).length } }
  }
  return undefined
}
