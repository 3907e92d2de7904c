import type { AndOr, CompoundList, If, PipelineNode, Statement } from '../../syntax/shell/shell.ts'
import type { ShellSource } from './source.ts'

/** Commands that succeed and change nothing: what stands where something else failed. */
const saying = new Set(['echo', 'printf', 'true', ':'])

/** Whether all that a list does is to say something. */
function saysOnly({ commands }: Pick<CompoundList, 'commands'>): boolean {
  return commands.every(({ command, background }) => background !== true && isSaying(command))
}

function isSaying(node: PipelineNode | AndOr): boolean {
  if (node.type === 'Redirected') return isSaying(node.command)
  if (node.type === 'BraceGroup' || node.type === 'Subshell') return saysOnly(node.body)
  return node.type === 'Command' && saying.has(node.name?.value ?? '')
}

const leaving = new Set(['exit', 'return', 'break', 'continue'])

/** `exit 0`, `{ echo done; break; }` */
function isLeaving(node: PipelineNode | AndOr): boolean {
  if (node.type === 'Redirected') return isLeaving(node.command)
  if (node.type === 'BraceGroup') return node.body.commands.some(({ command }) => isLeaving(command))
  return node.type === 'Command' && leaving.has(node.name?.value ?? '')
}

/** Whether a failure of the command before an operator of `a && b || c` leaves no trace; `a && exit 0` goes on behind it then. */
export function isSpared({ commands, operators }: AndOr, index: number, outer: boolean): boolean {
  const caught = operators.indexOf('||', index)
  if (caught >= 0) return commands.slice(caught + 1).every(isSaying)
  return outer && !commands.slice(index + 1).some(isLeaving)
}

/** Whether a failure of what `if` asks, one command, is answered by words alone: in `else`, or in `then` behind a `!`. */
export function isSparedBy({ clause, then, elif, else: otherwise }: If): boolean {
  const [only, ...others] = clause.commands
  if (only === undefined || others.length > 0 || elif.length > 0) return false
  const answer = isNegated(only) ? then : otherwise
  return answer === undefined || saysOnly(answer)
}

const isNegated = ({ command }: Statement): boolean =>
  command.type === 'Pipeline' && command.prefixes.some(({ type }) => type === 'Negation')

/** Whether a script may look at how the first commands of a pipeline ended. */
export const asksPipes = ({ text }: ShellSource): boolean => text.includes('PIPESTATUS')

/** Whether a statement may look at how the one before it ended. */
export function asksStatus({ text }: ShellSource, { pos, end }: Statement): boolean {
  return /\$\?|PIPESTATUS/.test(text.slice(pos, end))
}
