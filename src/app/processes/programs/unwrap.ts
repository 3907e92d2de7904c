import type { EnvironmentChange } from '../../../evaluate/environment.ts'
import { textOf, toWord } from '../../../evaluate/shell/expansion.ts'
import type { Word, Wrapper } from '../../../evaluate/shell/model.ts'
import { absolutePath, type Shell, treePath } from '../../../evaluate/shell/state.ts'
import { buildpackWrapper, portOwner, type WrapperFact, wrappers } from '../../../knowledge/wrappers.ts'

/** What is left of a command once the programs that merely run it are taken off. */
export interface Unwrapped {
  readonly argv: readonly Word[]
  readonly wrappers: readonly Wrapper[]
  readonly changes: readonly EnvironmentChange[]
  /** Folder a wrapper changes to, as written. */
  readonly folder: Word | undefined
}

const byName = new Map<string, WrapperFact[]>()
for (const fact of wrappers) byName.set(fact.program, [...(byName.get(fact.program) ?? []), fact])

/** Takes wrappers off, outermost first, until the program that does the work stands first. */
export function unwrap(shell: Shell, argv: readonly Word[]): Unwrapped {
  let rest = argv
  const taken: Wrapper[] = []
  const changes: EnvironmentChange[] = []
  let folder: Word | undefined
  for (;;) {
    const name = baseName(rest[0])
    const next = name === undefined ? undefined : name === 'env' ? takeEnv(rest) : takeOne(shell, rest, name)
    if (next === undefined || next.argv.length === 0) return { argv: rest, wrappers: taken, changes, folder }
    taken.push({ name: next.name, at: (rest[0] as Word).at, ownsPort: next.ownsPort })
    changes.push(...next.changes)
    folder = next.folder ?? folder
    rest = next.argv
  }
}

/** The last component of a program's path; undefined when it is not known. */
export function baseName(word: Word | undefined): string | undefined {
  const last = word?.parts.at(-1)
  if (word === undefined || word.splits || typeof last !== 'string') return undefined
  if (word.parts.length > 1 && !last.includes('/')) return undefined
  return last.slice(last.lastIndexOf('/') + 1)
}

interface Taken {
  readonly name: string
  readonly argv: readonly Word[]
  readonly changes: readonly EnvironmentChange[]
  readonly folder: Word | undefined
  readonly ownsPort: boolean
}

function takeOne(shell: Shell, argv: readonly Word[], name: string): Taken | undefined {
  for (const fact of byName.get(name) ?? []) {
    const taken = takeFact(argv, fact)
    if (taken !== undefined) return taken
  }
  const path = textOf(argv[0])
  if (path === undefined || !buildpackWrapper.test(name) || !/(?:^|\/)bin\/[^/]+$/.test(path)) return undefined
  const file = treePath(shell, absolutePath(shell, path))
  if (file !== undefined && shell.context.tree.kind(file) === 'file') return undefined
  const ownsPort = portOwner.test(name)
  // `-f`: nginx does not wait for the application.
  const from = ownsPort && textOf(argv[1]) === '-f' ? 2 : 1
  return { name, argv: argv.slice(from), changes: [], folder: undefined, ownsPort }
}

function takeFact(argv: readonly Word[], fact: WrapperFact): Taken | undefined {
  const valued = new Set(fact.valued ?? [])
  let at = 1
  let folder: Word | undefined
  const skipOptions = () => {
    for (;;) {
      const text = textOf(argv[at])
      if (text === undefined || !text.startsWith('-') || text === '-') return
      if (text === '--') {
        at++
        return
      }
      const equals = text.indexOf('=')
      const option = equals === -1 ? text : text.slice(0, equals)
      if (fact.folder?.includes(option) === true) {
        folder = equals === -1 ? argv[at + 1] : tail(argv[at] as Word, equals + 1)
      }
      at += equals === -1 && valued.has(option) ? 2 : 1
    }
  }
  if (fact.separator === true) {
    if (fact.sub !== undefined && textOf(argv[1]) !== fact.sub[0]) return undefined
    const dashes = argv.findIndex((word) => textOf(word) === '--')
    if (dashes === -1) return undefined
    return { name: fact.program, argv: argv.slice(dashes + 1), changes: [], folder: undefined, ownsPort: false }
  }
  skipOptions()
  for (const word of fact.sub ?? []) {
    if (textOf(argv[at]) !== word) return undefined
    at++
    skipOptions()
  }
  at += fact.operands ?? 0
  return { name: fact.program, argv: argv.slice(at), changes: [], folder, ownsPort: false }
}

function takeEnv(argv: readonly Word[]): Taken | undefined {
  const changes: EnvironmentChange[] = []
  let folder: Word | undefined
  let at = 1
  for (; at < argv.length; at++) {
    const word = argv[at] as Word
    const first = word.parts[0]
    const text = typeof first === 'string' ? first : undefined
    if (text === undefined || word.splits) break
    if (text === '-u' || text === '--unset') {
      const name = textOf(argv[++at])
      if (name !== undefined) changes.push({ name, parts: undefined, at: word.at })
    } else if (text === '-C' || text === '--chdir') folder = argv[++at]
    else if (text.startsWith('--unset=')) changes.push({ name: text.slice(8), parts: undefined, at: word.at })
    else if (/^-[^S]/.test(text) || text === '-') continue
    else if (/^[A-Za-z_]\w*=/.test(text)) {
      const equals = text.indexOf('=')
      changes.push({ name: text.slice(0, equals), parts: tail(word, equals + 1).parts, at: word.at })
    } else break
  }
  if (textOf(argv[at])?.startsWith('-') === true) return undefined
  return { name: 'env', argv: argv.slice(at), changes, folder, ownsPort: false }
}

/** A word without its first `count` characters, all of which are known. */
export function tail(word: Word, count: number): Word {
  let left = count
  const pieces = word.pieces.flatMap((piece) => {
    if (left === 0 || typeof piece.part !== 'string') return [piece]
    const cut = Math.min(left, piece.part.length)
    left -= cut
    if (cut === piece.part.length) return []
    const { start, end } = piece.at.span
    const at = piece.verbatim ? { file: piece.at.file, span: { start: start + cut, end } } : piece.at
    return [{ ...piece, part: piece.part.slice(cut), at }]
  })
  const [first] = pieces
  const last = pieces.at(-1)
  const joined =
    first !== undefined &&
    last !== undefined &&
    first.at.file === last.at.file &&
    first.at.span.start <= last.at.span.end
  const at = joined ? { file: first.at.file, span: { start: first.at.span.start, end: last.at.span.end } } : word.at
  return toWord(pieces, at, word.splits)
}
