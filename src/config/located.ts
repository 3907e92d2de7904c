import type { Problem, Span } from '../contracts/place.ts'
import { at, type DataDocument, type DataNode, plainOf } from '../syntax/data.ts'
import { parseToml } from '../syntax/toml/toml.ts'
import { parseYaml } from '../syntax/yaml/yaml.ts'

export type KeyPath = readonly (string | number)[]

/** A configuration file read: its plain value, and where each key stands. */
export interface Located {
  readonly value: unknown
  /** Span of the value at a path; of the deepest part of the path that exists otherwise. */
  valueAt(path: KeyPath): Span
  /** Span of the key at the end of a path; of the value when it has no key. */
  keyAt(path: KeyPath): Span
}

/** What a configuration file holds below `table` (`[]` for the whole). Undefined when the table does not exist. */
export function locate(file: string, text: string, table: readonly string[]): Located | Problem | undefined {
  const yaml = isYaml(file)
  const { root, problems } = yaml ? parseYaml(text, true) : parseToml(text)
  const [problem] = problems
  if (problem !== undefined) return { span: problem.span, message: invalid(yaml, problem) }
  return locatedIn(root, table)
}

export const isYaml = (file: string): boolean => /\.ya?ml$/.test(file)

/** The reader of TOML names the format itself. */
const invalid = (yaml: boolean, { message }: Problem): Problem['message'] =>
  yaml
    ? { en: `invalid YAML: ${message.en}`, fr: `YAML invalide : ${message.fr}` }
    : { en: `invalid ${message.en}`, fr: message.fr.replace(/^TOML/, 'TOML invalide') }

function locatedIn(document: DataDocument['root'], table: readonly string[]): Located | undefined {
  const root = table.length === 0 ? document : at(document, ...table)
  if (root === undefined) return table.length === 0 ? empty : undefined
  function walk(path: KeyPath): { readonly key: Span; readonly value: Span; readonly complete: boolean } {
    let node: DataNode = root as DataNode
    let key = node.span
    for (const part of path) {
      const entry = node.kind === 'table' ? node.entries.get(String(part)) : undefined
      const next = entry?.value ?? (node.kind === 'list' ? node.items[Number(part)] : undefined)
      if (next === undefined) return { key, value: node.span, complete: false }
      key = entry?.key ?? next.span
      node = next
    }
    return { key, value: node.span.start === node.span.end ? key : node.span, complete: true }
  }
  return {
    value: plainOf(root),
    valueAt: (path) => walk(path).value,
    keyAt: (path) => {
      const { key, value, complete } = walk(path)
      return complete ? key : value
    },
  }
}

const nowhere: Span = { start: 0, end: 0 }
const empty: Located = { value: null, valueAt: () => nowhere, keyAt: () => nowhere }
