import type { EventValue } from '../../../src/app/asgi/model.ts'
import { isPrimary, spanOf } from '../../../src/app/project/around.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { FileTree } from '../../../src/files/tree.ts'

/** An edit by which a value is sent as one that msgpack knows; undefined where no one way is the honest one. */
export function fitted(tree: FileTree, { at, type, uuidKey, inside }: EventValue): Edit | undefined {
  if (inside === true) return undefined
  const node = expressionAt(tree, at)
  const text = sourceText(tree, at)
  if (node === undefined || text === undefined || text.includes('\n')) return undefined
  const inner = isPrimary(node) ? text : `(${text})`
  switch (type) {
    case 'datetime':
    case 'date':
    case 'time':
      return { ...at, text: `${inner}.isoformat()` }
    case 'timedelta':
      return { ...at, text: `${inner}.total_seconds()` }
    case 'Decimal':
    case 'UUID':
    case 'lazy text':
      return { ...at, text: `str(${text})` }
    case 'set':
    case 'generator':
      return { ...at, text: `list(${text})` }
    case 'user':
    case 'model':
      return { ...at, text: uuidKey === true ? `str(${inner}.pk)` : `${inner}.pk` }
    default:
      return undefined
  }
}

/** A dict that is computed, with its keys as texts. */
export function textKeys(tree: FileTree, at: Place): readonly Edit[] | undefined {
  const node = expressionAt(tree, at)
  const text = sourceText(tree, at)
  if (node === undefined || text === undefined) return undefined
  if (node.kind === 'Dict') {
    const numbers = node.keys.filter(
      (key) => key?.kind === 'Constant' && !('value' in key.value && typeof key.value.value === 'string'),
    )
    return numbers.flatMap((key) =>
      key === undefined
        ? []
        : [{ file: at.file, span: spanOf(key), text: `'${sourceText(tree, { file: at.file, span: spanOf(key) })}'` }],
    )
  }
  if (node.kind === 'DictComp') {
    const { start, end } = spanOf(node.key)
    const { file } = at
    return [
      { file, span: { start, end: start }, text: 'str(' },
      { file, span: { start: end, end }, text: ')' },
    ]
  }
  // What fills it may be read by the same key elsewhere.
  if (node.kind === 'Subscript') return undefined
  return isPrimary(node) ? [{ ...at, text: `{str(key): value for key, value in ${text}.items()}` }] : undefined
}
