import stringify from '@iarna/toml/stringify.js'
import type { AST } from 'toml-eslint-parser'
import {
  applyChanges,
  type Insertion,
  lineEnd,
  missingFrom,
  newlineOf,
  type TextTable,
  wantedFor,
} from '../insertions.ts'
import { nameOf, programOf } from './toml.ts'

/** A `key = value` with the path of its key from the document's root. */
interface Pair {
  readonly path: readonly (string | number)[]
  readonly node: AST.TOMLKeyValue
  /** Inside `{ … }`, where pairs are parted by commas. */
  readonly inline: boolean
}

/**
 * Documents that hold a table of texts below `above` (`[]`: the document itself), the most natural first, everything else
 * byte for byte as it was; none when the text is no TOML.
 */
export function tomlWithTexts(text: string, wanted: TextTable, above: readonly string[]): readonly string[] {
  const program = programOf(text)
  if ('problem' in program) return []
  const pairs = pairsOf(program)
  const policy = [...above, wanted.name]
  const own = pairs.filter(({ path }) => path.length === policy.length + 1 && startsWith(path, policy))
  const names = own.map(({ path }) => String(path.at(-1)))
  const updates = own.flatMap(({ node }, index): Insertion[] => {
    const instead = wantedFor(wanted, names[index] ?? '')
    const { value } = node
    const same = value.type === 'TOMLValue' && value.kind === 'string' && value.value === instead
    return instead === undefined || same ? [] : [{ start: value.range[0], end: value.range[1], text: quoted(instead) }]
  })
  const missing = missingFrom(wanted, names)
  if (missing.size === 0) return [applyChanges(text, updates)]
  const places =
    own.length > 0 ? [afterLast(text, own.at(-1) as Pair, missing)] : placesFor(text, program, pairs, above, wanted)
  return places.flatMap((place) => (place === undefined ? [] : [applyChanges(text, [...updates, place])]))
}

type Texts = TextTable['texts']

const quoted = (version: string): string => stringify.value(version)
const lines = (texts: Texts): string[] => [...texts].map(([name, version]) => stringify({ [name]: version }).trimEnd())
const inlineTable = (texts: Texts): string => `{ ${lines(texts).join(', ')} }`
const startsWith = (path: readonly (string | number)[], start: readonly string[]): boolean =>
  start.every((key, index) => path[index] === key)

function pairsOf(program: AST.TOMLProgram): Pair[] {
  const out: Pair[] = []
  function add(node: AST.TOMLKeyValue, above: Pair['path'], inline: boolean): void {
    const path = [...above, ...node.key.keys.map(nameOf)]
    out.push({ path, node, inline })
    if (node.value.type === 'TOMLInlineTable') for (const pair of node.value.body) add(pair, path, true)
  }
  for (const node of program.body[0].body)
    if (node.type === 'TOMLKeyValue') add(node, [], false)
    else for (const pair of node.body) add(pair, node.resolvedKey, false)
  return out
}

/** Behind the last text there is, written as that one is: in a table, as a dotted key, or between braces. */
function afterLast(text: string, { node, inline }: Pair, missing: Texts): Insertion {
  const [start] = node.key.range
  const prefix = text.slice(start, node.key.keys.at(-1)?.range[0])
  return inline ? insideBraces(node, prefix, missing) : belowLine(text, node, prefix, lines(missing))
}

function insideBraces(node: AST.TOMLKeyValue, prefix: string, texts: Texts): Insertion {
  const end = node.range[1]
  return {
    start: end,
    end,
    text: lines(texts)
      .map((line) => `, ${prefix}${line}`)
      .join(''),
  }
}

function belowLine(text: string, node: AST.TOMLNode, prefix: string, added: readonly string[]): Insertion {
  const end = lineEnd(text, node.range[1])
  const indent = /[ \t]*$/.exec(text.slice(0, node.range[0]))?.[0] ?? ''
  return { start: end, end, text: added.map((line) => `${newlineOf(text)}${indent}${prefix}${line}`).join('') }
}

/** Where a policy can begin that has no entry yet. */
function placesFor(
  text: string,
  program: AST.TOMLProgram,
  pairs: readonly Pair[],
  table: readonly string[],
  { name, texts }: TextTable,
): (Insertion | undefined)[] {
  const policy = [...table, name]
  const written = pairs.find(({ path }) => path.length === policy.length && startsWith(path, policy))
  if (written !== undefined) {
    const [start, end] = written.node.value.range
    return [{ start, end, text: inlineTable(texts) }]
  }
  const headers = program.body[0].body.filter((node) => node.type === 'TOMLTable')
  const opened = headers.find(
    ({ resolvedKey }) => resolvedKey.length === policy.length && startsWith(resolvedKey, policy),
  )
  if (opened !== undefined) return [belowLine(text, opened, '', lines(texts))]
  const braces = pairs.find(({ path }) => table.length > 0 && path.length === table.length && startsWith(path, table))
  if (braces?.node.value.type === 'TOMLInlineTable') {
    const last = braces.node.value.body.at(-1)
    const pair = `${name} = ${inlineTable(texts)}`
    const [start, end] = braces.node.value.range
    return [
      last === undefined
        ? { start, end, text: `{ ${pair} }` }
        : { start: last.range[1], end: last.range[1], text: `, ${pair}` },
    ]
  }
  const section = (end: number): Insertion => newSection(text, end, [`[${policy.join('.')}]`, ...lines(texts)])
  const home = table.length === 0 ? undefined : headers.findLast(({ resolvedKey }) => startsWith(resolvedKey, table))
  const dotted = pairs.findLast(({ path, inline }) => !inline && startsWith(path, table))
  return [
    home && section(lineEnd(text, (home.body.at(-1) ?? home).range[1])),
    section(text.length),
    dotted && table.length > 0
      ? belowLine(text, dotted.node, '', [`${policy.slice(1).join('.')} = ${inlineTable(texts)}`])
      : undefined,
  ]
}

/** A table with a blank line around it. */
function newSection(text: string, end: number, content: readonly string[]): Insertion {
  const newline = newlineOf(text)
  const before = text.slice(0, end)
  const gap =
    before.trim() === '' ? '' : /\n[ \t]*\r?\n$/.test(before) ? '' : /\n$/.test(before) ? newline : newline + newline
  const last = end === text.length ? newline : /^\r?\n[ \t]*(?:\r?\n|$)/.test(text.slice(end)) ? '' : newline
  return { start: end, end, text: gap + content.join(newline) + last }
}
