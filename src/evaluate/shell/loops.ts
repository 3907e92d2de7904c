import type { CompoundList, While } from '../../syntax/shell/shell.ts'

/** `nc -z db 5432`, `! nc -z db 5432` */
export function isOneCommand({ commands }: CompoundList): boolean {
  const [only, ...others] = commands
  const command = only?.command
  return (
    others.length === 0 &&
    (command?.type === 'Command' || (command?.type === 'Pipeline' && command.commands.length === 1))
  )
}

/** Whether a command of the body may end the loop: `break`, `exit`, `return`. */
export function leavesLoop(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (Array.isArray(node)) return node.some(leavesLoop)
  const { type, name } = node as { readonly type?: unknown; readonly name?: { readonly value?: unknown } }
  if (type === 'Command' && ['break', 'exit', 'return', 'exec', 'eval', 'kill'].includes(String(name?.value)))
    return true
  return Object.values(node).some(leavesLoop)
}

/** `while true`, `while :` */
export function endless(node: While): boolean {
  const [only, ...others] = node.clause.commands
  const command = only?.command
  return (
    others.length === 0 &&
    command?.type === 'Command' &&
    (command.name?.value === 'true' || command.name?.value === ':')
  )
}
