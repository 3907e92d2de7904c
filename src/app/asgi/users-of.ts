import type { PythonNode } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { eachStanding, functionAt, type ProjectFunction, type Standing, surelyDotted } from './project-functions.ts'
import type { Code } from './python-code.ts'

/** Where a function is named. */
export interface Use {
  readonly standing: Standing
  /** What stands around the name, the innermost last. */
  readonly parents: readonly PythonNode[]
}

/**
 * The functions in which another one is named, to call it or to hand it to what does, wherever `counts` holds: the outermost of each place,
 * with the class of a method. A name that some module binds otherwise, and a method of an object nobody knows, are none.
 */
export function usersOf(code: Code, wanted: ProjectFunction, counts: (use: Use) => boolean): ProjectFunction[] {
  const { name } = wanted.node
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: ProjectFunction[] = []
    if (file !== undefined)
      eachStanding(file, (node, standing, parents) => {
        const [outer] = standing.functions
        if (outer === undefined || outer === wanted.node || !counts({ standing, parents })) return
        if (node.kind !== 'Name' && (node.kind !== 'Attribute' || node.attr !== name)) return
        if (node.kind === 'Name' && wanted.owner !== undefined) return
        const dotted = surelyDotted(node, standing)
        const means =
          (dotted === undefined ? undefined : functionAt(code, dotted)) ??
          calledFunction(code, { func: node }, standing)
        if (means?.node === wanted.node) found.push({ node: outer, file, owner: standing.owner })
      })
    return found
  })
}
