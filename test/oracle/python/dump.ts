import { readFileSync } from 'node:fs'
import type * as ast from '../../../src/syntax/python/ast.ts'

/**
 * A tree in the compact form that dump_ast.py writes of CPython's: one line for each node with kind, start,
 * end and the other fields in the order of shape.json. A string with a named escape is `str ?`.
 */
export function dumpModule(module: ast.Module, text: string): string {
  const out: string[] = []
  for (const statement of module.body) dumpNode(statement, text, out)
  return out.join('').replace(/^\n/, '')
}

const SHAPE: Readonly<Record<string, readonly string[] | undefined>> = JSON.parse(
  readFileSync(new URL('shape.json', import.meta.url), 'utf8'),
)

/** What the fields of a tree hold. */
type Value = undefined | null | string | number | bigint | boolean | readonly Value[] | object

function dumpValue(value: Value, text: string, out: string[]): void {
  if (value === undefined) out.push(' -')
  else if (value === null) out.push(' null')
  else if (Array.isArray(value)) {
    out.push(` [${value.length}`)
    for (const element of value) dumpValue(element as Value, text, out)
  } else if (typeof value === 'object') dumpNode(value, text, out)
  else if (typeof value === 'string') out.push(' ' + quote(value))
  else out.push(` ${value}`)
}

function dumpNode(node: object, text: string, out: string[]): void {
  const fields = node as Readonly<Record<string, Value>>
  const kind = kindOf(node)
  out.push('\n' + kind)
  if ('start' in node && 'end' in node) out.push(` ${node.start} ${node.end}`)
  if (kind === 'Constant') out.push(' ' + constant(node as ast.Constant, text))
  else for (const field of SHAPE[kind] ?? []) dumpValue(fields[field], text, out)
}

function kindOf(node: object): string {
  if ('kind' in node) return String(node.kind)
  if ('posonly' in node) return 'arguments'
  if ('iter' in node) return 'comprehension'
  return 'context' in node ? 'withitem' : 'match_case'
}

function constant(node: ast.Constant, text: string): string {
  const { value } = node
  switch (value.type) {
    case 'none':
    case 'ellipsis':
      return value.type
    case 'bool':
      return `bool ${value.value}`
    case 'int':
      return `int ${value.value.toString(16)}`
    case 'float':
    case 'complex':
      return `${value.type} ${bits(value.value)}`
    case 'bytes':
      return `bytes ${quote(value.value)}`
    case 'str':
      return text.slice(node.start, node.end).includes('\\N{') ? 'str ?' : `str ${quote(value.value)}`
  }
}

/** The eight bytes of a float, since the two languages write floats differently. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

/** JSON in ASCII, as Python's `json.dumps` writes it. */
function quote(value: string): string {
  const json = JSON.stringify(value)
  return json.replace(/[\x7f-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
}
