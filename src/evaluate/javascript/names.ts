import type { Expression } from '../../syntax/javascript/ast.ts'
import type { ScriptSource } from './source.ts'

/** How a user would name a value that is not known: `roomName`, `props.host`, the id of the element it is read from. */
export function nameOf(node: Expression): string {
  switch (node.kind) {
    case 'Identifier':
      return node.name
    case 'Member': {
      const name = node.name ?? 'item'
      if (contents.has(name)) return nameOf(node.object)
      const object = node.object.kind === 'Identifier' || node.object.kind === 'Member' ? nameOf(node.object) : ''
      return object === '' || object === 'this' ? name : `${object}.${name}`
    }
    case 'Call':
    case 'New':
      return nameOfCall(node)
    case 'Unary':
    case 'Spread':
      return nameOf(node.kind === 'Unary' ? node.operand : node.value)
    case 'Binary':
    case 'Conditional':
    case 'Assignment':
      return 'value'
    default:
      return 'value'
  }
}

/** Properties that only unwrap what they are read from. */
const contents = new Set(['textContent', 'innerText', 'innerHTML', 'value', 'current', 'dataset', 'text'])
const wrappers = new Set([
  'parse',
  'String',
  'Number',
  'parseInt',
  'encodeURIComponent',
  'encodeURI',
  'toString',
  'trim',
  'unref',
])

function nameOfCall(node: Extract<Expression, { kind: 'Call' | 'New' }>): string {
  const { callee, args } = node
  const last = callee.kind === 'Member' ? callee.name : callee.kind === 'Identifier' ? callee.name : undefined
  const [first] = args
  if (
    first?.kind === 'String' &&
    /^(?:getElementById|querySelector|getItem|get|\$|jQuery|getAttribute|attr|data)$/.test(last ?? '')
  ) {
    return first.value.replace(/^[#.]/, '')
  }
  if (last !== undefined && wrappers.has(last)) {
    if (first !== undefined) return nameOf(first)
    if (callee.kind === 'Member') return nameOf(callee.object)
  }
  if (callee.kind === 'Member' && (last === 'val' || last === 'text' || last === 'html')) return nameOf(callee.object)
  return `${nameOf(callee)}()`
}

/** The source of an expression on one line, shortened. */
export function quoted(source: ScriptSource, node: Expression): string {
  const text = source.text.slice(node.start, node.end).replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
