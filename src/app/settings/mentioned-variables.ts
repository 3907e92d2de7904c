import { type FileTree, readText } from '../../files/tree.ts'
import type { Expression, Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { skippedFolders } from '../project/walk.ts'

/** Libraries that make variable names of field names, prefixes or tables, so that no name need be written. */
const COMPUTED_NAMES =
  /BaseSettings|Dynaconf|dynaconf|\.prefixed\(|env_prefix|\bconfigurations\b|os\.environ\.items\(|environ\[f['"]|getenv\(f['"]|environ\.get\(f['"]/

const CODE =
  /(\.(py|pyi|js|mjs|cjs|ts|mts|tsx|jsx|vue|svelte|html|sh|bash|toml|cfg|ini|conf|rb|go|php)|(^|\/)(Procfile[^/]*|Dockerfile[^/]*|Makefile|Justfile|[^./]+))$/

/** What the tool's own configuration says is no reading of it. */
const OWN_FILE = /^dynolint\.(toml|ya?ml)$/

const FILE_LIMIT = 6000

/**
 * Whether code may read a variable: its whole name stands there, in Python as a text, a keyword or an attribute. A setting
 * of that name (`DEBUG = False`) reads nothing, and neither does a level of the log (`'level': 'DEBUG'`).
 */
function isRead(tree: FileTree, path: string, text: string, name: string): boolean {
  const whole = new RegExp(`(?<![A-Za-z0-9_])${name.replace(/\W/g, '\\$&')}(?![A-Za-z0-9_])`)
  if (!whole.test(text)) return false
  const module = path.endsWith('.py') ? parseFile(tree, path)?.module : undefined
  if (module === undefined || module.problems.length > 0) return true
  let read = false
  const levels = new Set<Expression>()
  walk(module, (node) => {
    for (const level of logLevels(node)) levels.add(level)
    if (node.kind === 'Constant')
      read ||= node.value.type === 'str' && whole.test(node.value.value) && !levels.has(node)
    else if (node.kind === 'Attribute') read ||= node.attr === name && !isSettings(node.value)
    else if (node.kind === 'Call') read ||= node.keywords.some(({ arg }) => arg === name)
    else if (node.kind === 'ClassDef') read ||= node.body.some((field) => isField(field, name))
    return !read
  })
  return read
}

/** What a node hands to `logging` as a level. */
function logLevels(node: PythonNode): readonly Expression[] {
  if (node.kind === 'Dict') return node.values.filter((_, index) => literalText(node.keys[index]) === 'level')
  if (node.kind !== 'Call') return []
  const named = node.keywords.filter(({ arg }) => arg === 'level').map(({ value }) => value)
  return node.func.kind === 'Attribute' && node.func.attr === 'setLevel' ? [...named, ...node.args] : named
}

/** Libraries fill the fields of a class from variables of their names. */
function isField(node: Statement, name: string): boolean {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
  return targets.some((target) => target.kind === 'Name' && target.id === name)
}

/** `settings.DEBUG` is the setting, not the variable. */
const isSettings = (node: Expression): boolean => node.kind === 'Name' && node.id === 'settings'

/** Variables that stand in code; `whole`: there are no others, as no name is computed and the repository is not too large to tell. */
export interface MentionedVariables {
  readonly names: ReadonlySet<string>
  readonly whole: boolean
}

/** Which of the names stand in code, in Python and elsewhere, but for files that are looked at otherwise. */
export function mentionedVariables(
  tree: FileTree,
  names: ReadonlySet<string>,
  except: ReadonlySet<string> = new Set(),
): MentionedVariables {
  const found = new Set<string>()
  let files = 0
  let computed = false

  function visit(folder: string): void {
    for (const { name, kind } of tree.list(folder)) {
      if (files > FILE_LIMIT) return
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'directory') {
        if (!skippedFolders.has(name)) visit(path)
      } else if (CODE.test(path) && !OWN_FILE.test(name) && !except.has(path)) {
        files++
        const text = readText(tree, path)?.text
        if (text === undefined) continue
        if (path.endsWith('.py') && COMPUTED_NAMES.test(text)) computed = true
        for (const one of names) if (!found.has(one) && isRead(tree, path, text, one)) found.add(one)
      }
    }
  }

  visit('')
  return { names: found, whole: !computed && files <= FILE_LIMIT }
}
