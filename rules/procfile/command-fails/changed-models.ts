import type { App } from '../../../src/app/app.ts'
import { type AnyNode, eachNode } from '../../../src/app/project/nodes.ts'
import { getOrInsert } from '../../../src/get-or-insert.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** What code asks of a model to give it a field from outside, or of Django to be told of every model. */
const ways = new Set(['add_to_class', 'contribute_to_class', 'class_prepared', 'local_fields', 'local_many_to_many'])

const answers = new WeakMap<App, boolean>()

/**
 * Whether code of the project changes models behind their classes: it adds fields to one, listens to `class_prepared`, writes
 * to a model's `_meta`, or replaces how a field describes itself. What a class says is then not what Django compares.
 */
export function changesModels(app: App): boolean {
  return getOrInsert(answers, app, () => {
    let found = false
    for (const path of app.project.python)
      eachNode(parseFile(app.tree, path)?.module.body, (node) => {
        if (isWay(node)) found = true
        return !found
      })
    return found
  })
}

function isWay(node: AnyNode): boolean {
  switch (node.kind) {
    case 'Attribute':
      // A field of the project hands on what it is asked.
      return ways.has(node.attr) && !(node.value.kind === 'Call' && isNamed(node.value.func, 'super'))
    case 'ImportFrom':
      return node.names.some(({ name }) => ways.has(name))
    case 'Constant':
      return node.value.type === 'str' && (ways.has(node.value.value) || node.value.value === 'deconstruct')
    case 'Assign':
      return node.targets.some(isOfModel)
    case 'AugAssign':
    case 'AnnAssign':
      return isOfModel(node.target)
    default:
      return false
  }
}

/** `Field.deconstruct`, `Room._meta.get_field('name').blank`. */
function isOfModel(target: Expression): boolean {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.some(isOfModel)
  return target.kind === 'Attribute' && (target.attr === 'deconstruct' || goesThroughMeta(target.value))
}

function goesThroughMeta(value: Expression): boolean {
  if (value.kind === 'Call') return goesThroughMeta(value.func)
  if (value.kind === 'Subscript') return goesThroughMeta(value.value)
  return value.kind === 'Attribute' && (value.attr === '_meta' || goesThroughMeta(value.value))
}

const isNamed = (node: Expression, name: string): boolean => node.kind === 'Name' && node.id === name
