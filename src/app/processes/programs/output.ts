import type { Place } from '../../../contracts/place.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Piece, Word } from '../../../evaluate/shell/model.ts'
import { absolutePath, type Shell, treePath, unknownHole } from '../../../evaluate/shell/state.ts'
import { baseName } from './unwrap.ts'

/** What a few pure programs print; undefined in the list for output nobody can know. */
export function outputOf(shell: Shell, argv: readonly Word[], at: Place): (Piece | undefined)[] {
  const name = baseName(argv[0])
  const args = argv.slice(1).map((word) => textOf(word))
  const [first] = args
  const text = (part: string): Piece[] => [{ part: `${part}\n`, at, verbatim: false }]
  if (name === 'dirname' && args.length === 1 && first !== undefined) return text(dirName(first))
  if (name === 'basename' && first !== undefined && args.length <= 2) return text(baseOf(first, args[1]))
  if (name === 'nproc') return [{ part: { ...unknownHole('nproc', true), chars: 'digits' }, at, verbatim: false }]
  if (name === 'which' && args.length === 1 && first !== undefined) {
    return [
      { part: unknownHole('which', true), at, verbatim: false },
      { part: `/${first}`, at: argv[1]?.at ?? at, verbatim: false },
    ]
  }
  if ((name === 'realpath' || (name === 'readlink' && first === '-f')) && args.at(-1) !== undefined) {
    const absolute = absolutePath(shell, args.at(-1) as string)
    return absolute === undefined ? [undefined] : text(absolute)
  }
  if (name === 'cat' && args.length === 1 && first !== undefined) return catFile(shell, first, at)
  return [undefined]
}

function catFile(shell: Shell, path: string, at: Place): (Piece | undefined)[] {
  const inTree = treePath(shell, absolutePath(shell, path))
  const file = inTree === undefined ? 'absent' : shell.context.tree.read(inTree)
  if (typeof file === 'string' || inTree === undefined || file.text.length > 10_000) return [undefined]
  return [{ part: file.text, at: { file: inTree, span: { start: 0, end: file.text.length } }, verbatim: true }].map(
    (p) => (file.text === '' ? { ...p, at } : p),
  )
}

function dirName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  const slash = trimmed.lastIndexOf('/')
  if (slash === -1) return trimmed === '' && path !== '' ? '/' : '.'
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/'
}

function baseOf(path: string, suffix: string | undefined): string {
  const trimmed = path.replace(/\/+$/, '')
  const name = trimmed.slice(trimmed.lastIndexOf('/') + 1)
  if (name === '') return path.startsWith('/') ? '/' : ''
  return suffix !== undefined && suffix !== '' && name !== suffix && name.endsWith(suffix)
    ? name.slice(0, -suffix.length)
    : name
}
