import { globalReads } from '../../../src/syntax/python/global-reads.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'

/** A module and, of each of its functions, the name, the line and what is looked for in the module. */
export interface Vector {
  readonly source: string
  readonly functions: readonly (readonly [string, number, readonly string[]])[]
}

/** The same functions with the names that are read here. */
export function answer({ source, functions }: Vector): Vector['functions'] {
  const names = new Map<string, Set<string>>()
  for (const { node, functions: around } of globalReads(parsePython(source)))
    for (const one of around) {
      const key = `${one.name} ${source.slice(0, one.start).split('\n').length}`
      if (node.id.startsWith('_')) continue
      if (!names.has(key)) names.set(key, new Set())
      names.get(key)?.add(node.id)
    }
  return functions.map(([name, line]) => [name, line, [...(names.get(`${name} ${line}`) ?? [])].sort()])
}
