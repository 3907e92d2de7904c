import type { Damaged } from '../../../syntax/python/ast.ts'
import type { Machine } from './machine.ts'

const binding =
  /^[ \t]*(?:(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?(?:[-+*/|&]|\/\/|\*\*)?=(?!=)|(?:from[ \t]+\S+[ \t]+)?import[ \t]+([\w., \t]+))/gm

const keywords = new Set(['else', 'try', 'finally', 'lambda', 'if', 'elif', 'while', 'for', 'with', 'except', 'case'])

/** Names that a piece of code nobody can read seems to bind. */
export function damagedNames(m: Machine, node: Damaged): ReadonlySet<string> {
  const source = m.session.parse(m.activation.file)?.text.slice(node.start, node.end) ?? ''
  const out = new Set<string>()
  for (const [, fn, type, target, imported] of source.matchAll(binding)) {
    const name = fn ?? type ?? target
    if (name !== undefined && !keywords.has(name)) out.add(name)
    for (const item of imported?.split(',') ?? []) {
      const words = item.trim().split(/\s+/)
      const last = words[words.length - 1]?.split('.')[0]
      if (last !== undefined && last !== '') out.add(last)
    }
  }
  return out
}
