import type { NginxWord } from '../../../syntax/nginx/nginx.ts'
import { type Directive, named } from './config.ts'
import type { Blocks } from './locations.ts'

/** What variables hold for a request: known texts, by their names without the dollar sign. */
export type Variables = Readonly<Record<string, string>>

/**
 * What a word with variables is for a request: those of the request, of a `map`, and of a `set` on the way. Undefined: it
 * cannot be told.
 */
export function textFor(word: NginxWord | undefined, chain: Blocks, request: Variables, depth = 0): string | undefined {
  if (word?.text === undefined || depth > 4) return undefined
  let known = true
  const value = word.text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) => {
    const found = variable((braced ?? plain) as string, chain, request, depth)
    if (found === undefined) known = false
    return found ?? ''
  })
  return known ? value : undefined
}

function variable(name: string, chain: Blocks, request: Variables, depth: number): string | undefined {
  if (Object.hasOwn(request, name)) return request[name]
  const isIts = ({ words }: Directive, at: number) => words[at]?.text === `$${name}`
  const sets = chain.flatMap(({ block }) => all(block, 'set')).filter((one) => isIts(one, 0))
  const maps = named(chain[0]?.block, 'map').filter((one) => isIts(one, 1))
  const [only, ...more] = [...sets, ...maps]
  if (only === undefined || more.length > 0 || !only.sure) return undefined
  if (only.name === 'map') return mapped(only, chain, request, depth)
  // In an `if` it is set for some requests only.
  const plainly = chain.some(({ block }) => block?.includes(only) === true)
  return plainly ? textFor(only.words[1], chain, request, depth + 1) : undefined
}

/** The directives of a name in a block and in the conditions in it. */
const all = (block: Directive['block'], name: string): readonly Directive[] => [
  ...named(block, name),
  ...named(block, 'if').flatMap((inner) => named(inner.block, name)),
]

/** `map $source $name { … }`: texts are compared without regard to case, regular expressions are not followed. */
function mapped(map: Directive, chain: Blocks, request: Variables, depth: number): string | undefined {
  const source = textFor(map.words[0], chain, request, depth + 1)
  const entries = map.block ?? []
  if (
    source === undefined ||
    entries.some(({ sure, name }) => !sure || /^(?:~|hostnames$|volatile$|include$)/.test(name))
  )
    return undefined
  const key = (name: string) => (/^\\./.test(name) ? name.slice(1) : name).toLowerCase()
  const entry =
    entries.find(({ name }) => name !== 'default' && key(name) === source.toLowerCase()) ??
    entries.find(({ name }) => name === 'default')
  return entry === undefined ? '' : textFor(entry.words[0], chain, request, depth + 1)
}
