import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { applyChanges, type Insertion, lineEnd, newlineOf, type Pins, wantedFor } from './positions.ts'

/** Texts of a YAML document that hold the pins, the most natural first; none when it is no single YAML mapping. */
export function yamlWithPins(text: string, pins: Pins): readonly string[] {
  const { contents, errors } = parseDocument(text)
  if (errors.length > 0) return []
  if (contents === null || (isScalar(contents) && contents.value === null))
    return [text + gapAfter(text) + block(text, '', pins)]
  if (!isMap(contents)) return []
  const value = under(contents, 'pins')
  if (value === undefined) return beginnings(text, contents, pins)
  if (isScalar(value)) {
    const [start, end] = rangeOf(value)
    return [applyChanges(text, [{ start, end, text: braces(pins) }])]
  }
  // An alias may serve others too.
  if (!isMap(value)) return []
  const names = value.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
  const updates = value.items.flatMap(({ value: version }, index): Insertion[] => {
    const wanted = wantedFor(pins, names[index] ?? '')
    if (wanted === undefined || !isNode(version) || (isScalar(version) && version.value === wanted)) return []
    const [start, end] = rangeOf(version)
    return [{ start, end, text: JSON.stringify(wanted) }]
  })
  const missing = new Map(
    [...pins].filter(([pin]) => !names.some((name) => wantedFor(new Map([[pin, '']]), name) !== undefined)),
  )
  const added = missing.size === 0 ? [] : [more(text, value, missing)]
  return [applyChanges(text, [...updates, ...added])]
}

const entry = (name: string, version: string): string =>
  `${/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name) && !/^(?:null|true|false|yes|no|on|off)$/.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(version)}`
const entries = (pins: Pins): string[] => [...pins].map(([name, version]) => entry(name, version))
const braces = (pins: Pins): string => `{ ${entries(pins).join(', ')} }`

/** `pins:` and its lines, with a line end. */
function block(text: string, indent: string, pins: Pins): string {
  const newline = newlineOf(text)
  return ['pins:', ...entries(pins).map((line) => `  ${line}`)].map((line) => indent + line + newline).join('')
}

const gapAfter = (text: string): string => (text === '' || text.endsWith('\n') ? '' : newlineOf(text))

function under(map: YAMLMap, name: string): unknown {
  return (map.items as Pair[]).find(({ key }) => isScalar(key) && key.value === name)?.value ?? undefined
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isNode(node) ? node.range : undefined
  return [range?.[0] ?? 0, range?.[1] ?? 0]
}

const endOf = ({ key, value }: Pair): number => rangeOf(isNode(value) ? value : key)[1]

/** Blanks before a map's first key. */
function indentOf(text: string, map: YAMLMap): string {
  const [start] = rangeOf(map.items[0]?.key)
  return ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
}

/** Further entries of a map that has some. */
function more(text: string, map: YAMLMap, pins: Pins): Insertion {
  const last = map.items.at(-1)
  const [start, end] = rangeOf(map)
  if (last === undefined) return { start, end, text: braces(pins) }
  if (map.flow === true) {
    const after = endOf(last)
    return {
      start: after,
      end: after,
      text: entries(pins)
        .map((line) => `, ${line}`)
        .join(''),
    }
  }
  const after = lineEnd(text, endOf(last))
  const indent = indentOf(text, map)
  return {
    start: after,
    end: after,
    text: entries(pins)
      .map((line) => newlineOf(text) + indent + line)
      .join(''),
  }
}

/** A policy where there was none: at the end of the document, else before its first key. */
function beginnings(text: string, root: YAMLMap, pins: Pins): readonly string[] {
  const last = root.items.at(-1)
  const [start, end] = rangeOf(root)
  const policy = `pins: ${braces(pins)}`
  if (last === undefined) return [applyChanges(text, [{ start, end, text: `{ ${policy} }` }])]
  if (root.flow === true) {
    const after = endOf(last)
    return [applyChanges(text, [{ start: after, end: after, text: `, ${policy}` }])]
  }
  const indent = indentOf(text, root)
  const [first] = rangeOf(root.items[0]?.key)
  const before = block(text, indent, pins).slice(indent.length) + indent
  return [
    text + gapAfter(text) + block(text, indent, pins),
    applyChanges(text, [{ start: first, end: first, text: before }]),
  ]
}
