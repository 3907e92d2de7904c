import type { Place } from '../../../contracts/place.ts'
import { joinParts } from '../../../evaluate/parts.ts'
import { type CommandOutcome, succeeded } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Piece, Word } from '../../../evaluate/shell/model.ts'
import {
  absolutePath,
  assign,
  exportName,
  lookup,
  note,
  type Shell,
  subshell,
  treePath,
} from '../../../evaluate/shell/state.ts'
import { readText, type SourceFile } from '../../../files/tree.ts'

const defaultFiles = [
  'supervisord.conf',
  'etc/supervisord.conf',
  '/etc/supervisord.conf',
  '/etc/supervisor/supervisord.conf',
]

/** `supervisord -c file`: every `[program:x]` at once. No shell reads its command: only `%(ENV_X)s` is expanded. */
export function runSupervisor(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const option = argv.findIndex((word) => textOf(word) === '-c' || textOf(word) === '--configuration')
  const joined = argv
    .map((word) => /^--configuration=(.+)$/.exec(textOf(word) ?? '')?.[1])
    .find((path) => path !== undefined)
  const named = option === -1 ? joined : textOf(argv[option + 1])
  for (const candidate of named === undefined ? defaultFiles : [named]) {
    const path = treePath(shell, absolutePath(shell, candidate))
    const file = path === undefined ? undefined : readText(shell.context.tree, path)
    if (file === undefined) continue
    // Without nodaemon it leaves the foreground, and the shell ends.
    const stays = argv.some((word) => isNoDaemon(textOf(word))) || staysInForeground(file)
    const manager = !stays ? 'daemon' : shell.background ? undefined : 'foreground'
    if (manager === 'foreground') shell.context.waits = 'all'
    for (const program of programsOf(file)) runProgram(shell, file, program, at, manager)
    return succeeded
  }
  note(shell, at, {
    en: 'the configuration of supervisord was not found',
    fr: 'la configuration de supervisord est introuvable',
  })
  return undefined
}

const isNoDaemon = (word: string | undefined): boolean => word === '-n' || word === '--nodaemon'

/** `[supervisord] nodaemon=true`, with the words that supervisor's `boolean` takes for yes. */
function staysInForeground({ text }: SourceFile): boolean {
  let section: string | undefined
  let stays = false
  for (const line of text.split('\n')) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section
    const value = /^nodaemon\s*[=:]\s*(\w+)/i.exec(line)?.[1]
    if (section === 'supervisord' && value !== undefined) stays = /^(?:true|yes|on|1)$/i.test(value)
  }
  return stays
}

interface Program {
  readonly settings: ReadonlyMap<string, { readonly text: string; readonly offset: number }>
}

function programsOf(file: SourceFile): Program[] {
  const programs: Program[] = []
  let current: Map<string, { text: string; offset: number }> | undefined
  let offset = 0
  for (const line of file.text.split('\n')) {
    const section = /^\s*\[([^\]]+)\]/.exec(line)
    const setting = /^([A-Za-z_]+)\s*=\s*(.*?)\s*(?:\s;.*)?$/.exec(line)
    if (section !== null) {
      current = section[1]?.startsWith('program:') === true ? new Map() : undefined
      if (current !== undefined) programs.push({ settings: current })
    } else if (setting !== null && current !== undefined) {
      const value = setting[2] as string
      current.set(setting[1] as string, { text: value, offset: offset + line.indexOf(value, line.indexOf('=') + 1) })
    }
    offset += line.length + 1
  }
  return programs
}

function runProgram(shell: Shell, file: SourceFile, { settings }: Program, at: Place, manager: Shell['manager']): void {
  const command = settings.get('command')
  if (command === undefined || settings.get('autostart')?.text === 'false') return
  const folder = settings.get('directory')?.text
  const cwd = folder === undefined ? shell.cwd : absolutePath(shell, folder)
  const world = subshell(shell, { background: true, manager, cwd, chain: [...shell.chain, at] })
  const span = { start: command.offset, end: command.offset + command.text.length }
  const where = { file: file.path, span }
  for (const [, name, quoted, bare] of (settings.get('environment')?.text ?? '').matchAll(
    /([A-Za-z_]\w*)=(?:"([^"]*)"|([^,]*))/g,
  )) {
    assign(
      world,
      name as string,
      { kind: 'text', pieces: [{ part: quoted ?? bare ?? '', at: where, verbatim: false }] },
      where,
    )
    exportName(world, name as string, where)
  }
  const words = splitWords(world, file.path, command.text, command.offset)
  if (words.length > 0)
    world.context.launch(world, { argv: words, at: where, prefixed: [], redirects: [], exec: false })
}

/** Words as Python's shlex splits them, with `%(ENV_NAME)s` filled in. */
function splitWords(shell: Shell, file: string, text: string, offset: number): Word[] {
  const words: Word[] = []
  const token = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g
  for (const match of text.matchAll(token)) {
    const start = offset + match.index
    const at = { file, span: { start, end: start + match[0].length } }
    const pieces: Piece[] = []
    let from = 0
    const raw = match[0]
    for (const inner of raw.matchAll(/%\(ENV_(\w+)\)s|["']/g)) {
      add(pieces, raw.slice(from, inner.index), file, start + from)
      if (inner[1] !== undefined) pieces.push(...(lookup(shell, inner[1], at) ?? []))
      from = inner.index + inner[0].length
    }
    add(pieces, raw.slice(from), file, start + from)
    words.push({ parts: joinParts(pieces.map(({ part }) => part)), pieces, at, splits: false })
  }
  return words
}

function add(pieces: Piece[], text: string, file: string, start: number): void {
  if (text !== '') pieces.push({ part: text, at: { file, span: { start, end: start + text.length } }, verbatim: true })
}
