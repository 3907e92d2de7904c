import type { Span } from '../../contracts/place.ts'

/** One instruction of a Dockerfile, continuation lines joined. */
export interface Instruction {
  /** Upper case: `CMD`. */
  readonly name: string
  readonly nameSpan: Span
  /** Everything after the name, as written (continuations and their newlines included), without the flags (`--from=x`). */
  readonly text: string
  readonly span: Span
  /** Where `text` begins; it stands there character by character. */
  readonly offset: number
  readonly flags: ReadonlyMap<string, string>
  /** The words of a JSON list (exec form), with the spans of the texts inside the quotes; undefined for the shell form. */
  readonly list: readonly { readonly text: string; readonly span: Span; readonly verbatim: boolean }[] | undefined
}

/** Reads a Dockerfile as the classic builder does. Never throws: a line that is none is passed over. */
export function parseDockerfile(text: string): Instruction[] {
  const out: Instruction[] = []
  const escapeChar = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 200)) ? '`' : '\\'
  let start = 0
  while (start < text.length) {
    const end = instructionEnd(text, start, escapeChar)
    const found = readInstruction(text, start, end)
    if (found !== undefined) out.push(found)
    start = found === undefined ? end + 1 : skipHeredocs(text, found, end + 1)
  }
  return out
}

function instructionEnd(text: string, start: number, escapeChar: string): number {
  let at = start
  let isComment = /^[ \t]*(?:#|\r?$)/m.test(text.slice(at, lineEnd(text, at)))
  if (isComment || text.slice(at, lineEnd(text, at)).trim() === '') return lineEnd(text, at)
  for (;;) {
    const end = lineEnd(text, at)
    const line = text.slice(at, end).trimEnd()
    isComment = at > start && (/^\s*#/.test(line) || line === '')
    if ((!isComment && !line.endsWith(escapeChar)) || end >= text.length) return end
    at = end + 1
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

function readInstruction(text: string, start: number, end: number): Instruction | undefined {
  const raw = text.slice(start, end).trimEnd()
  const head = /^(\s*)([A-Za-z]+)(?:\s+|$)/.exec(raw)
  if (head === null) return undefined
  const nameStart = start + (head[1] as string).length
  const name = (head[2] as string).toUpperCase()
  let offset = start + head[0].length
  const flags = new Map<string, string>()
  for (;;) {
    const flag = /^--([\w-]+)(?:=(\S*))?(?:\s+|$)/.exec(text.slice(offset, end))
    if (flag === null || (name === 'RUN' && flag[1] === undefined)) break
    flags.set(flag[1] as string, flag[2] ?? '')
    offset += flag[0].length
  }
  const body = text.slice(offset, end).trimEnd()
  return {
    name,
    nameSpan: { start: nameStart, end: nameStart + name.length },
    text: body,
    span: { start: nameStart, end: offset + body.length },
    offset,
    flags,
    list: jsonList(body, offset),
  }
}

function jsonList(body: string, offset: number): Instruction['list'] {
  if (!body.startsWith('[')) return undefined
  let values: unknown
  try {
    values = JSON.parse(body.replace(/\\\r?\n/g, ''))
  } catch {
    return undefined
  }
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined
  const spans = [...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
  return values.map((text: string, index) => {
    const match = spans[index]
    const start = offset + (match?.index ?? 0) + 1
    const raw = match?.[1] ?? ''
    return { text, span: { start, end: start + raw.length }, verbatim: raw === text }
  })
}

/** `RUN <<EOF` … `EOF`: the lines between belong to no other instruction. */
function skipHeredocs(text: string, { name, text: body }: Instruction, from: number): number {
  if (name !== 'RUN' && name !== 'COPY' && name !== 'ADD') return from
  let at = from
  for (const [, dash, word] of body.matchAll(/<<(-?)["']?([A-Za-z_]\w*)["']?/g)) {
    while (at < text.length) {
      const end = lineEnd(text, at)
      const line = text.slice(at, end).replace(/\r$/, '')
      at = end + 1
      if ((dash === '-' ? line.replace(/^\t+/, '') : line) === word) break
    }
  }
  return at
}

/** Stages of a Dockerfile, each the instructions from its FROM on; the last one is what runs. */
export function stagesOf(instructions: readonly Instruction[]): Instruction[][] {
  const stages: Instruction[][] = []
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') stages.push([instruction])
    else stages.at(-1)?.push(instruction)
  }
  return stages
}

/** `NAME=value NAME2="v w"` or `NAME value`, as ENV and ARG take them. */
export function pairsOf(text: string): { readonly name: string; readonly value: string }[] {
  if (!/^[A-Za-z_]\w*=/.test(text)) {
    const single = /^([A-Za-z_]\w*)\s+([\s\S]*)$/.exec(text)
    return single === null ? [] : [{ name: single[1] as string, value: (single[2] as string).trim() }]
  }
  const pairs = text.matchAll(/([A-Za-z_]\w*)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)/g)
  return [...pairs].map(([, name, value]) => ({ name: name as string, value: unquote(value as string) }))
}

function unquote(value: string): string {
  return value.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_whole, double?: string, single?: string, char?: string) =>
      double?.replace(/\\(.)/g, '$1') ?? single ?? char ?? '',
  )
}
