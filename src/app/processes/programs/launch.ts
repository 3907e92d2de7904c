import type { Launch } from '../../../evaluate/shell/command.ts'
import type { CommandOutcome } from '../../../evaluate/shell/execute.ts'
import {
  absolutePath,
  assign,
  exportName,
  type Shell,
  subshell,
  treePath,
  unset,
} from '../../../evaluate/shell/state.ts'
import { textOf } from '../../../evaluate/shell/words.ts'
import { follow } from './follow.ts'
import { outputOf } from './output.ts'
import { unwrap } from './unwrap.ts'

/** Starts a program: what merely runs another is taken off, what the repository holds is read, the rest is a step. */
export function launch(shell: Shell, { argv, at, prefixed, redirects, exec }: Launch): CommandOutcome {
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
  const followed = follow(world, inner, at, [...shell.wrappers, ...wrappers])
  if (followed !== undefined) return { status: followed.status, flow: 'next' }
  if (shell.output !== undefined && !redirects.some(({ operator }) => /^1?>|^&>/.test(operator)))
    shell.output.push(...outputOf(world, inner, at))
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
    exec,
    fallback: shell.fallback,
    loop: shell.loop,
    piped: shell.piped,
    captured: shell.output !== undefined,
    chain: shell.chain,
  })
  return { status: { at, negated: false }, flow: 'next' }
}
