import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { ClassDef, Expression, Statement } from '../../syntax/python/ast.ts'
import { parsePython } from '../../syntax/python/parse.ts'
import { children, isFunction, literalText, opensScope, type PythonNode } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'

/** Modules that Django imports whenever it starts or answers first, by their names. */
const loaded = /(?:^|\/)(?:apps|models|admin|urls|routing)\.py$/

/** What changes a list or a dict where it is. */
const changing: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'remove',
  'pop',
  'clear',
  'update',
  'setdefault',
  'add',
  'discard',
  'sort',
  'reverse',
])

const known = new WeakMap<App, ReadonlyMap<string, Place>>()

/**
 * Settings that code changes once they were read, `settings.ALLOWED_HOSTS.append(…)`, by name: in the module that the server is given, in
 * `ready()` of an application's configuration, and in modules that Django loads at each start.
 */
export function changedLater(app: App): ReadonlyMap<string, Place> {
  return getOrInsert(known, app, () => {
    const served = new Set(app.processes.web?.runs.flatMap(({ servers }) => servers.map(({ target }) => target?.file)))
    const found = new Map<string, Place>()
    for (const file of app.project.python) {
      const source = readText(app.tree, file)
      // Most files do not have the word at all: they need no parse.
      if (source?.text.includes('django.conf') !== true) continue
      const { outside, ready } = changesOf(source)
      for (const { name, start, end } of [...ready, ...(served.has(file) || loaded.test(file) ? outside : [])])
        if (!found.has(name)) found.set(name, { file, span: { start, end } })
    }
    return found
  })
}

/** Why what the settings module says of a setting is not what holds. */
export const changedAfterwards: Text = {
  en: 'code changes it here once the settings were read',
  fr: 'du code le modifie ici après la lecture des settings',
}

interface Change {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** What a file changes while it is imported, and in `ready()`. */
const changesOf = perFile(({ text }): { readonly outside: readonly Change[]; readonly ready: readonly Change[] } => {
  const { body } = parsePython(text)
  const readies = body.filter(isConfiguration).map(({ body: inner }) => ({
    body: inner.flatMap((one) => (isFunction(one) && one.name === 'ready' ? one.body : [])),
  }))
  const names = namesOf(body)
  return {
    outside: body.flatMap((one) => changesIn(one, names)),
    ready: readies.flatMap((one) => {
      const own = new Set([...names, ...namesOf(one.body)])
      return one.body.flatMap((statement) => changesIn(statement, own))
    }),
  }
})

const isConfiguration = (node: Statement): node is ClassDef =>
  node.kind === 'ClassDef' &&
  node.bases.some((base) => (base.kind === 'Name' ? base.id : base.kind === 'Attribute' && base.attr) === 'AppConfig')

/** What `from django.conf import settings` calls them. */
function namesOf(body: readonly Statement[]): ReadonlySet<string> {
  const imports = body.flatMap((one) =>
    one.kind === 'ImportFrom' && one.level === 0 && one.module === 'django.conf' ? one.names : [],
  )
  return new Set(imports.filter(({ name }) => name === 'settings').map(({ asname }) => asname ?? 'settings'))
}

function changesIn(node: PythonNode, names: ReadonlySet<string>): readonly Change[] {
  if (opensScope(node) || names.size === 0) return []
  const isDebug = (test: Expression) => settingOf(test, names) === 'DEBUG' && test.kind === 'Attribute'
  // On a dyno DEBUG is off, or that is what is wrong there.
  const inside = node.kind === 'If' && isDebug(node.test) ? node.orelse : [...children(node)]
  const own = changedBy(node, names)
  const change = own === undefined ? [] : [{ name: own, start: node.start, end: node.end }]
  return [...change, ...inside.flatMap((one) => changesIn(one, names))]
}

/** The setting that a node gives another value, or changes where it is. */
function changedBy(node: PythonNode, names: ReadonlySet<string>): string | undefined {
  const targets =
    node.kind === 'Assign' || node.kind === 'Delete'
      ? node.targets
      : node.kind === 'AugAssign' || (node.kind === 'AnnAssign' && node.value !== undefined)
        ? [node.target]
        : []
  for (const target of targets) {
    const name = settingOf(target, names)
    if (name !== undefined) return name
  }
  if (node.kind !== 'Call') return undefined
  const { func, args } = node
  if (func.kind === 'Attribute' && changing.has(func.attr)) return settingOf(func.value, names)
  const [object, name] = args
  const sets = func.kind === 'Name' && func.id === 'setattr' && object?.kind === 'Name' && names.has(object.id)
  return sets ? literalText(name) : undefined
}

/** `settings.CHANNEL_LAYERS['default']['CONFIG']` → CHANNEL_LAYERS */
function settingOf(node: Expression, names: ReadonlySet<string>): string | undefined {
  if (node.kind === 'Subscript') return settingOf(node.value, names)
  if (node.kind !== 'Attribute') return undefined
  return node.value.kind === 'Name' && names.has(node.value.id) && /^[A-Z]/.test(node.attr) ? node.attr : undefined
}
