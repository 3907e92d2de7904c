import type { Launch } from '../../../evaluate/shell/command.ts'
import type { CommandOutcome } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { takesOutput } from '../../../evaluate/shell/output.ts'
import {
  absolutePath,
  assign,
  exportName,
  note,
  type Shell,
  subshell,
  treePath,
  unset,
} from '../../../evaluate/shell/state.ts'
import { shown } from '../../../evaluate/shell/word.ts'
import { follow } from './follow.ts'
import { outputOf } from './output.ts'
import { unwrap } from './unwrap.ts'

/** Starts a program: what merely runs another is taken off, what the repository holds is read, the rest is a step. */
export function launch(shell: Shell, { argv, at, prefixed, redirects, exec, called }: Launch): CommandOutcome {
  const { argv: inner, wrappers, changes: wrapped, folder } = unwrap(shell, argv)
  const changes = [...shell.changes, ...prefixed, ...wrapped]
  const cwd = folder === undefined ? shell.cwd : absolutePath(shell, textOf(folder) ?? '')
  const world = subshell(shell, { cwd })
  for (const change of [...prefixed, ...wrapped]) {
    if (change.parts === undefined) unset(world, change.name, change.at)
    else {
      assign(
        world,
        change.name,
        { kind: 'text', pieces: change.parts.map((part) => ({ part, at: change.at, verbatim: false })) },
        change.at,
        true,
      )
      exportName(world, change.name, change.at)
    }
  }
  if (called !== true) for (const word of new Set([argv[0], inner[0]])) notePath(shell, word)
  const followed = followOnce(world, inner, at, [...shell.wrappers, ...wrappers])
  if (followed !== undefined) return { status: followed.status, flow: 'next' }
  if (!redirects.some(takesOutput)) shell.output?.push(...outputOf(world, inner, at))
  const [program, ...others] = argv.map(textOf)
  if (shell.isLogged && others.length === 0 && /^(?:\/usr\/bin\/)?(?:print)?env$/.test(program ?? ''))
    shell.context.printed.push({ what: 'environment', at })
  shell.context.steps.push({
    argv: inner,
    fullArgv: argv,
    wrappers: [...shell.wrappers, ...wrappers],
    at,
    cwd: treePath(shell, cwd),
    folder: cwd,
    toTree: (path) => treePath(shell, path),
    changes,
    environment: shell.context.environment.forProcess(changes),
    redirects,
    background: shell.background,
    manager: shell.manager,
    exec,
    fallback: shell.fallback,
    decides: shell.decides,
    spared: shell.spared,
    loop: shell.loop,
    piped: shell.piped,
    captured: shell.output !== undefined,
    chain: shell.chain,
  })
  return { status: { at, negated: false }, flow: 'next' }
}

function notePath(shell: Shell, word: Word | undefined): void {
  const name = textOf(word)
  if (word === undefined || name === undefined || name === '' || name.includes('/')) return
  const { context, fallback, background, output } = shell
  context.programs.push({ name, at: word.at, fallback, captured: output !== undefined, background })
}

/** Programs that run each other deeper than this are no start of a server. */
const maxNested = 24

/** Reads on into what a program runs, unless it is being read already: `"start": "npm start"` never comes to an end. */
function followOnce(
  shell: Shell,
  argv: Launch['argv'],
  at: Launch['at'],
  wrappers: Shell['wrappers'],
): CommandOutcome | undefined {
  const { running } = shell.context
  const key = [shell.cwd, ...argv.map((word) => shown(word.parts))].join('\0')
  if (running.includes(key) || running.length >= maxNested) {
    const name = textOf(argv[0]) ?? '?'
    note(
      shell,
      at,
      running.includes(key)
        ? { en: `\`${name}\` starts itself again`, fr: `\`${name}\` se relance lui-même` }
        : { en: 'programs that start programs, too deep to follow', fr: 'des programmes lancés en trop longue chaîne' },
    )
    return { status: { at, negated: false }, flow: 'next' }
  }
  running.push(key)
  try {
    return follow(shell, argv, at, wrappers)
  } finally {
    running.pop()
  }
}
