import { type Reader, scalarAt, unescapeDouble, type YamlEntry, type YamlNode, type YamlScalar } from './yaml.ts'

/** A flow collection (`[a, b]`, `{a: b}`) that begins at `start`; the reader goes on behind its last line. */
export function flowNode(reader: Reader, start: number, depth: number): YamlNode {
  const state = { at: start }
  const node = flow(reader, state, depth)
  skipLines(reader, state.at)
  return node
}

/** A quoted scalar that begins at `start`, over several lines if need be. */
export function quotedScalar(reader: Reader, start: number): YamlNode {
  const state = { at: start }
  const node = quoted(reader, state)
  const rest = /^[ \t]*(?:#|\r?\n|$)/.test(reader.text.slice(state.at))
  if (!rest) {
    const span = { start: state.at, end: state.at + 1 }
    reader.problems.push({
      span,
      message: {
        en: 'nothing may follow the quoted text here',
        fr: 'rien ne peut suivre ici le texte entre guillemets',
      },
    })
  }
  skipLines(reader, state.at)
  return node
}

function skipLines(reader: Reader, offset: number): void {
  while (reader.next < reader.lines.length && (reader.lines[reader.next]?.start ?? 0) < offset) reader.next++
}

interface State {
  at: number
}

function flow(reader: Reader, state: State, depth: number): YamlNode {
  const char = reader.text[state.at]
  if (char === '[' || char === '{') return collection(reader, state, char, depth)
  if (char === '"' || char === "'") return quoted(reader, state)
  const start = state.at
  while (state.at < reader.text.length) {
    const c = reader.text[state.at] as string
    if (
      ',[]{}\n'.includes(c) ||
      (c === ':' && /[\s,[\]{}]/.test(reader.text[state.at + 1] ?? ' ')) ||
      (c === '#' && /\s/.test(reader.text[state.at - 1] ?? ''))
    )
      break
    state.at++
  }
  return scalarAt(reader.text.slice(start, state.at).trimEnd(), start)
}

function collection(reader: Reader, state: State, open: '[' | '{', depth: number): YamlNode {
  const start = state.at
  const close = open === '[' ? ']' : '}'
  const items: YamlNode[] = []
  const entries: YamlEntry[] = []
  state.at++
  while (depth < 60) {
    skipBlanks(reader, state)
    const char = reader.text[state.at]
    if (char === undefined || char === close) break
    if (char === ',') {
      state.at++
      continue
    }
    const before = state.at
    const node = flow(reader, state, depth + 1)
    skipBlanks(reader, state)
    if (reader.text[state.at] === ':' && node.kind === 'scalar') {
      state.at++
      skipBlanks(reader, state)
      const value = flow(reader, state, depth + 1)
      if (open === '{') entries.push({ key: node, value })
      else
        items.push({
          kind: 'map',
          span: { start: node.span.start, end: value.span.end },
          entries: [{ key: node, value }],
        })
    } else if (open === '{' && node.kind === 'scalar') {
      entries.push({ key: node, value: { ...scalarAt('', state.at), style: 'none' } })
    } else items.push(node)
    if (state.at === before) state.at++
  }
  if (reader.text[state.at] === close) state.at++
  else {
    const span = { start, end: start + 1 }
    reader.problems.push({ span, message: { en: `"${open}" is never closed`, fr: `« ${open} » n'est jamais refermé` } })
    state.at = reader.text.length
  }
  const span = { start, end: state.at }
  return open === '[' ? { kind: 'list', span, items } : { kind: 'map', span, entries }
}

function skipBlanks(reader: Reader, state: State): void {
  for (;;) {
    const blanks = /^[\s]+/.exec(reader.text.slice(state.at, state.at + 1000))
    if (blanks !== null) state.at += blanks[0].length
    else if (reader.text[state.at] === '#') {
      const end = reader.text.indexOf('\n', state.at)
      state.at = end === -1 ? reader.text.length : end
    } else return
  }
}

function quoted(reader: Reader, state: State): YamlScalar {
  const start = state.at
  const quote = reader.text[start] as '"' | "'"
  let i = start + 1
  for (; i < reader.text.length; i++) {
    if (quote === '"' && reader.text[i] === '\\') i++
    else if (reader.text[i] === quote) {
      if (quote === "'" && reader.text[i + 1] === "'") i++
      else break
    }
  }
  if (i >= reader.text.length) {
    reader.problems.push({
      span: { start, end: start + 1 },
      message: { en: 'the quote is never closed', fr: "le guillemet n'est jamais refermé" },
    })
  }
  state.at = Math.min(i + 1, reader.text.length)
  const raw = reader.text.slice(start + 1, i)
  const value = quote === '"' ? unescapeDouble(raw) : raw.replaceAll("''", "'").replace(/[ \t]*\r?\n[ \t]*/g, ' ')
  const span = { start, end: state.at }
  return {
    kind: 'scalar',
    value,
    style: quote === '"' ? 'double' : 'single',
    span,
    content: { start: start + 1, end: i },
    verbatim: value === raw,
  }
}
