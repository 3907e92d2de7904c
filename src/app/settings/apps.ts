import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { ClassDef, Expression, Statement } from '../../syntax/python/ast.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass } from '../asgi/python-code.ts'

/**
 * Position of an app in INSTALLED_APPS, by its package or the path of its AppConfig, also one of the project's own that is made
 * from it; -1 when surely absent, undefined when unknown.
 */
export function appIndex(
  app: Pick<App, 'tree' | 'project'>,
  { value }: Pick<Alternative, 'value'>,
  name: string,
): number | undefined {
  const items = itemsOf(value)
  if (items === undefined) return undefined
  const are = items.map((item) => isApp(item, name) || isConfigured(codeOf(app), plain(item), name))
  const index = are.indexOf(true)
  const known = (value as { rest?: unknown }).rest === undefined && !are.includes(undefined)
  return index >= 0 || known ? index : undefined
}

/** `daphne` and `daphne.apps.DaphneConfig` are one app. */
export function isApp(item: Value, name: string): boolean {
  const text = plain(item)
  return text === name || (text?.startsWith(`${name}.apps.`) ?? false)
}

/** Whether an entry is a configuration that carries another app's name; undefined: its class cannot be read. */
function isConfigured(code: Code, entry: string | undefined, name: string): boolean | undefined {
  if (entry === undefined) return undefined
  const type = entry.slice(entry.lastIndexOf('.') + 1)
  if (!/^[A-Z]/.test(type)) return false
  const found = findClass(code, entry)
  if (found !== undefined) {
    const configured = nameOf(code, found)
    return configured === undefined ? undefined : configured === name
  }
  // Of a package: what its class is called is all that is known of it.
  const [app = ''] = name.split('.').slice(-1)
  return type.toLowerCase().includes(app) ? undefined : false
}

interface Found {
  readonly file: CodeFile
  readonly node: ClassDef
}

/** What a configuration says of an attribute: a value in its class or one that it is made from, or the class of a package. */
export type Configured = { readonly value: Expression; readonly file: CodeFile } | { readonly base: string }

/** An attribute of a configuration of the project, by its dotted path; undefined: it is none of the project's, or cannot be read. */
export function configured(
  app: Pick<App, 'tree' | 'project'>,
  entry: string,
  attribute: string,
): Configured | undefined {
  const code = codeOf(app)
  const found = findClass(code, entry)
  return found === undefined ? undefined : attributeOf(code, found, attribute, 0)
}

/** The name of the app that a configuration of the project configures; undefined: it is none, or the name cannot be read. */
export function configuredName(app: Pick<App, 'tree' | 'project'>, entry: string): string | undefined {
  const code = codeOf(app)
  const found = findClass(code, entry)
  return found === undefined ? undefined : nameOf(code, found)
}

function nameOf(code: Code, found: Found): string | undefined {
  const name = attributeOf(code, found, 'name', 0)
  if (name === undefined) return undefined
  // `django.contrib.staticfiles.apps.StaticFilesConfig` configures the package it stands in.
  if ('base' in name) return /^(.+)\.apps\.[A-Z]\w*$/.exec(name.base)?.[1]
  return literalText(name.value)
}

function attributeOf(code: Code, { file, node }: Found, attribute: string, depth: number): Configured | undefined {
  if (depth > 6) return undefined
  for (const statement of node.body) {
    if (/^(?:If|Try|With|For|While)/.test(statement.kind)) return undefined
    const value = bound(statement, attribute)
    if (value !== undefined) return { value, file }
  }
  const [base, ...others] = node.bases
  const dotted = base === undefined || others.length > 0 ? undefined : dottedOf(base, file)
  if (dotted === undefined) return undefined
  const found = findClass(code, dotted)
  return found === undefined ? { base: dotted } : attributeOf(code, found, attribute, depth + 1)
}

/** What a statement of a class's body binds a name to. */
function bound(statement: Statement, name: string): Expression | undefined {
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') return undefined
  const targets = statement.kind === 'Assign' ? statement.targets : [statement.target]
  return targets.some((target) => target.kind === 'Name' && target.id === name) ? statement.value : undefined
}
