import { extname } from 'node:path'
import { parseScript } from '../../../src/syntax/javascript/parse.ts'
import { eachExpression } from '../../../src/syntax/javascript/walk.ts'

/** Extensions of the files that are asked about. */
export const extensions = ['.js', '.jsx', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts']

/** `C3-10`: a call or (`N`) a `new`, from where to where. */
export type Call = `${'C' | 'N'}${number}-${number}`

export const isTypeScript = (name: string): boolean => /^\.[mc]?tsx?$/.test(extname(name))
export const hasElements = (name: string): boolean => !/^\.[mc]?ts$/.test(extname(name))

/** Every call and `new` that our reader finds. */
export function callsOfOurs(name: string, text: string): readonly Call[] {
  const found = new Set<Call>()
  eachExpression(parseScript(text, { types: isTypeScript(name), jsx: hasElements(name) }).body, (node) => {
    const isImport = node.kind === 'Call' && node.callee.kind === 'Identifier' && node.callee.name === 'import'
    if (node.kind === 'Call' && !isImport) found.add(`C${node.start}-${node.end}`)
    if (node.kind === 'New') found.add(`N${node.start}-${node.end}`)
  })
  return [...found].sort()
}
