import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { tail } from './unwrap.ts'

/** What a call of npm and its like runs. */
export interface PackageCall {
  /** The name in `scripts`. */
  readonly script: string
  /** Whose package.json, as written; the nearest one when it is not said. */
  readonly folder: Word | undefined
  /** The arguments that the script gets. */
  readonly rest: readonly Word[]
}

interface Grammar {
  /** Options that name the folder. */
  readonly folder: readonly string[]
  /** Other options that take the next word. What is not listed is a flag, as nopt reads it. */
  readonly valued: readonly string[]
  /** Options behind the script's name are the tool's, until `--`. */
  readonly optionsAfter: boolean
}

/** Options that run the script of other packages than the one of the folder. */
const elsewhere = new Set(['-w', '--workspace', '--workspaces', '--ws', '-r', '--recursive', '-F', '--filter'])

/** npm-config(7), yarn(1), pnpm(1), `bun run --help`: read on 2026-11-29. */
const grammars: Readonly<Record<string, Grammar>> = {
  npm: {
    folder: ['--prefix', '-C'],
    valued: [
      '--loglevel',
      '--cache',
      '--registry',
      '--userconfig',
      '--globalconfig',
      '--script-shell',
      '--node-options',
    ],
    optionsAfter: true,
  },
  yarn: { folder: ['--cwd'], valued: ['--cache-folder', '--modules-folder', '--use-yarnrc'], optionsAfter: false },
  pnpm: { folder: ['-C', '--dir', '--prefix'], valued: ['--loglevel', '--reporter'], optionsAfter: false },
  bun: { folder: ['--cwd'], valued: ['--config', '-c', '--env-file', '--shell'], optionsAfter: false },
}

/** Reads the words of a call; undefined when they run no script of package.json, or nobody can say which. */
export function packageCall(argv: readonly Word[]): PackageCall | undefined {
  const tool = (textOf(argv[0]) ?? '').replace(/^.*\//, '')
  const grammar = grammars[tool]
  if (grammar === undefined) return undefined
  const operands: Word[] = []
  let folder: Word | undefined
  let rest: readonly Word[] = []
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as Word
    const text = textOf(word)
    const complete = scriptIn(tool, operands) !== undefined
    if (text === '--') {
      rest = argv.slice(i + 1)
      break
    }
    if (complete && !grammar.optionsAfter) {
      rest = argv.slice(i)
      break
    }
    if (text?.startsWith('-') !== true) {
      operands.push(word)
      continue
    }
    const equals = text.indexOf('=')
    const option = equals < 0 ? text : text.slice(0, equals)
    if (elsewhere.has(option)) return undefined
    const takesNext = equals < 0 && (grammar.folder.includes(option) || grammar.valued.includes(option))
    if (grammar.folder.includes(option)) folder = equals < 0 ? argv[i + 1] : tail(word, equals + 1)
    if (takesNext) i++
  }
  const script = scriptIn(tool, operands)
  if (script === undefined) return undefined
  return { script: script.name, folder, rest: [...operands.slice(script.words), ...rest] }
}

/** The script that the operands so far name, and how many of them do. */
function scriptIn(
  tool: string,
  operands: readonly Word[],
): { readonly name: string; readonly words: number } | undefined {
  const [first, second] = [textOf(operands[0]), textOf(operands[1])]
  if (first === 'run' || first === 'run-script' || (tool === 'npm' && (first === 'rum' || first === 'urn')))
    return second === undefined ? undefined : { name: second, words: 2 }
  if (first === undefined) return undefined
  // npm has short forms of four scripts alone; the others take any name.
  if (tool === 'npm' && !['start', 'test', 't', 'tst', 'stop', 'restart'].includes(first)) return undefined
  return { name: first === 't' || first === 'tst' ? 'test' : first, words: 1 }
}
