import type { Expression } from './ast.ts'

/** `a.b.c` of a chain of attributes on a name; undefined for anything else. */
export function dottedName(node: Expression): string | undefined {
  let suffix = ''
  let at = node
  while (at.kind === 'Attribute') {
    suffix = '.' + at.attr + suffix
    at = at.value
  }
  return at.kind === 'Name' ? at.id + suffix : undefined
}
