import stringify from '@iarna/toml/stringify.js'
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import { applyChanges, type Insertion, lineEnd, newlineOf, type Pins, wantedFor } from './positions.ts'

/** A `key = value` with the path of its key from the document's root. */
interface Pair {
  readonly path: readonly (string | number)[]
  readonly node: AST.TOMLKeyValue
  /** Inside `{ … }`, where pairs are parted by commas. */
  readonly inline: boolean
}

/** Texts that hold the pins as `pins` of a table (`[]`: the document itself), the most natural first; none when it is no TOML. */
export function tomlWithPins(text: string, pins: Pins, table: readonly string[]): readonly string[] {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (error) {
    if (error instanceof ParseError) return []
    throw error
  }
  const pairs = pairsOf(program)
  const policy = [...table, 'pins']
  const own = pairs.filter(({ path }) => path.length === policy.length + 1 && startsWith(path, policy))
  const names = own.map(({ path }) => String(path.at(-1)))
  const updates = own.flatMap(({ node }, index): Insertion[] => {
    const wanted = wantedFor(pins, names[index] ?? '')
    const { value } = node
    const same = value.type === 'TOMLValue' && value.kind === 'string' && value.value === wanted
    return wanted === undefined || same ? [] : [{ start: value.range[0], end: value.range[1], text: quoted(wanted) }]
  })
  const missing = new Map(
    [...pins].filter(([pin]) => !names.some((name) => wantedFor(new Map([[pin, '']]), name) !== undefined)),
  )
  if (missing.size === 0) return [applyChanges(text, updates)]
  const places =
    own.length > 0 ? [afterLast(text, own.at(-1) as Pair, missing)] : placesFor(text, program, pairs, table, pins)
  return places.flatMap((place) => (place === undefined ? [] : [applyChanges(text, [...updates, place])]))
}

const quoted = (version: string): string => stringify.value(version)
const lines = (pins: Pins): string[] => [...pins].map(([name, version]) => stringify({ [name]: version }).trimEnd())
const inlineTable = (pins: Pins): string => `{ ${lines(pins).join(', ')} }`
const startsWith = (path: readonly (string | number)[], start: readonly string[]): boolean =>
  start.every((key, index) => path[index] === key)

function pairsOf(program: AST.TOMLProgram): Pair[] {
  const out: Pair[] = []
  function add(node: AST.TOMLKeyValue, above: Pair['path'], inline: boolean): void {
    const path = [...above, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))]
    out.push({ path, node, inline })
    if (node.value.type === 'TOMLInlineTable') for (const pair of node.value.body) add(pair, path, true)
  }
  for (const node of program.body[0].body)
    if (node.type === 'TOMLKeyValue') add(node, [], false)
    else for (const pair of node.body) add(pair, node.resolvedKey, false)
  return out
}

/** Behind the last pin there is, written as that one is: in a table, as a dotted key, or between braces. */
function afterLast(text: string, { node, inline }: Pair, missing: Pins): Insertion {
  const [start] = node.key.range
  const prefix = text.slice(start, node.key.keys.at(-1)?.range[0])
  return inline ? insideBraces(node, prefix, missing) : belowLine(text, node, prefix, lines(missing))
}

function insideBraces(node: AST.TOMLKeyValue, prefix: string, pins: Pins): Insertion {
  const end = node.range[1]
  return {
    start: end,
    end,
    text: lines(pins)
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
  pins: Pins,
): (Insertion | undefined)[] {
  const policy = [...table, 'pins']
  const written = pairs.find(({ path }) => path.length === policy.length && startsWith(path, policy))
  if (written !== undefined) {
    const [start, end] = written.node.value.range
    return [{ start, end, text: inlineTable(pins) }]
  }
  const headers = program.body[0].body.filter((node) => node.type === 'TOMLTable')
  const opened = headers.find(
    ({ resolvedKey }) => resolvedKey.length === policy.length && startsWith(resolvedKey, policy),
  )
  if (opened !== undefined) return [belowLine(text, opened, '', lines(pins))]
  const braces = pairs.find(({ path }) => table.length > 0 && path.length === table.length && startsWith(path, table))
  if (braces?.node.value.type === 'TOMLInlineTable') {
    const last = braces.node.value.body.at(-1)
    const pair = `pins = ${inlineTable(pins)}`
    const [start, end] = braces.node.value.range
    return [
      last === undefined
        ? { start, end, text: `{ ${pair} }` }
        : { start: last.range[1], end: last.range[1], text: `, ${pair}` },
    ]
  }
  const section = (end: number): Insertion => newSection(text, end, [`[${policy.join('.')}]`, ...lines(pins)])
  const home = table.length === 0 ? undefined : headers.findLast(({ resolvedKey }) => startsWith(resolvedKey, table))
  const dotted = pairs.findLast(({ path, inline }) => !inline && startsWith(path, table))
  return [
    home && section(lineEnd(text, (home.body.at(-1) ?? home).range[1])),
    section(text.length),
    dotted && table.length > 0
      ? belowLine(text, dotted.node, '', [`${policy.slice(1).join('.')} = ${inlineTable(pins)}`])
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
