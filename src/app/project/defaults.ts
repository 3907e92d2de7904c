import { type FileTree, readText } from '../../files/tree.ts'
import type { Expression, Module } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { EntryKind, SettingsDefault } from './model.ts'
import { eachNode } from './nodes.ts'

const VARIABLE = 'DJANGO_SETTINGS_MODULE'

/** Every plain text that project code gives to DJANGO_SETTINGS_MODULE, entry points first. */
export function settingsDefaults(tree: FileTree, files: readonly string[]): SettingsDefault[] {
  const found: SettingsDefault[] = []
  for (const path of files) {
    if (/(^|\/)(tests?|docs?)\//.test(path)) continue
    const text = readText(tree, path)?.text
    if (text?.includes(VARIABLE)) found.push(...defaultsIn(path, parseFile(tree, path)?.module))
  }
  return found.sort((a, b) => order(a) - order(b))
}

const KINDS: readonly EntryKind[] = ['asgi', 'wsgi', 'manage', 'celery', 'other']

function order(one: SettingsDefault): number {
  return KINDS.indexOf(one.kind) * 100 + one.file.split('/').length
}

function kindOf(path: string): EntryKind {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'manage.py') return 'manage'
  if (/asgi|routing/.test(name)) return 'asgi'
  if (/wsgi/.test(name)) return 'wsgi'
  return /celery/.test(name) ? 'celery' : 'other'
}

function defaultsIn(file: string, module: Module | undefined): SettingsDefault[] {
  const found: SettingsDefault[] = []
  const add = (value: Expression | undefined, how: SettingsDefault['how']) => {
    if (value?.kind !== 'Constant' || value.value.type !== 'str') return
    found.push({
      kind: kindOf(file),
      file,
      module: value.value.value,
      at: { file, span: { start: value.start, end: value.end } },
      how,
    })
  }
  eachNode(module?.body, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'setdefault') {
      if (isVariable(node.args[0])) add(node.args[1], 'setdefault')
    } else if (node.kind === 'Assign') {
      if (node.targets.some((target) => target.kind === 'Subscript' && isVariable(target.slice)))
        add(node.value, 'assign')
    }
    return true
  })
  return found
}

function isVariable(node: Expression | undefined): boolean {
  return literalText(node) === VARIABLE
}
