import { isMap, isNode, isScalar, type Pair, type YAMLMap } from 'yaml'
import {
  applyChanges,
  type Insertion,
  lineEnd,
  missingFrom,
  newlineOf,
  type TextTable,
  wantedFor,
} from '../insertions.ts'
import { documentOf } from './document.ts'

/**
 * Documents that hold a table of texts, the most natural first, everything else byte for byte as it was; none when the text
 * is no single YAML mapping.
 */
export function yamlWithTexts(text: string, wanted: TextTable): readonly string[] {
  const { contents, errors } = documentOf(text)
  const { texts } = wanted
  if (errors.length > 0) return []
  if (contents === null || (isScalar(contents) && contents.value === null))
    return [text + gapAfter(text) + block(text, '', wanted)]
  if (!isMap(contents)) return []
  const value = under(contents, wanted.name)
  if (value === undefined) return beginnings(text, contents, wanted)
  if (isScalar(value)) {
    const [start, end] = rangeOf(value)
    return [applyChanges(text, [{ start, end, text: braces(texts) }])]
  }
  // An alias may serve others too.
  if (!isMap(value)) return []
  const names = value.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
  const updates = value.items.flatMap(({ value: old }, index): Insertion[] => {
    const instead = wantedFor(wanted, names[index] ?? '')
    if (instead === undefined || !isNode(old) || (isScalar(old) && old.value === instead)) return []
    const [start, end] = rangeOf(old)
    return [{ start, end, text: JSON.stringify(instead) }]
  })
  const missing = missingFrom(wanted, names)
  const added = missing.size === 0 ? [] : [more(text, value, missing)]
  return [applyChanges(text, [...updates, ...added])]
}

type Texts = TextTable['texts']

const entry = (name: string, version: string): string =>
  `${/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name) && !/^(?:null|true|false|yes|no|on|off)$/.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(version)}`
const entries = (texts: Texts): string[] => [...texts].map(([name, version]) => entry(name, version))
const braces = (texts: Texts): string => `{ ${entries(texts).join(', ')} }`

/** `name:` and its lines, with a line end. */
function block(text: string, indent: string, { name, texts }: TextTable): string {
  const newline = newlineOf(text)
  return [`${name}:`, ...entries(texts).map((line) => `  ${line}`)].map((line) => indent + line + newline).join('')
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
function more(text: string, map: YAMLMap, texts: Texts): Insertion {
  const last = map.items.at(-1)
  const [start, end] = rangeOf(map)
  if (last === undefined) return { start, end, text: braces(texts) }
  if (map.flow === true) {
    const after = endOf(last)
    return {
      start: after,
      end: after,
      text: entries(texts)
        .map((line) => `, ${line}`)
        .join(''),
    }
  }
  const after = lineEnd(text, endOf(last))
  const indent = indentOf(text, map)
  return {
    start: after,
    end: after,
    text: entries(texts)
      .map((line) => newlineOf(text) + indent + line)
      .join(''),
  }
}

/** A policy where there was none: at the end of the document, else before its first key. */
function beginnings(text: string, root: YAMLMap, wanted: TextTable): readonly string[] {
  const last = root.items.at(-1)
  const [start, end] = rangeOf(root)
  const policy = `${wanted.name}: ${braces(wanted.texts)}`
  if (last === undefined) return [applyChanges(text, [{ start, end, text: `{ ${policy} }` }])]
  if (root.flow === true) {
    const after = endOf(last)
    return [applyChanges(text, [{ start: after, end: after, text: `, ${policy}` }])]
  }
  const indent = indentOf(text, root)
  const [first] = rangeOf(root.items[0]?.key)
  const before = block(text, indent, wanted).slice(indent.length) + indent
  return [
    text + gapAfter(text) + block(text, indent, wanted),
    applyChanges(text, [{ start: first, end: first, text: before }]),
  ]
}
