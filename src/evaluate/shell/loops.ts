import type { CompoundList, While } from '../../syntax/shell/shell.ts'
import type { Shell } from './state.ts'

/** `nc -z db 5432`, `! nc -z db 5432` */
export function isOneCommand({ commands }: CompoundList): boolean {
  const [only, ...others] = commands
  const command = only?.command
  return (
    others.length === 0 &&
    (command?.type === 'Command' || (command?.type === 'Pipeline' && command.commands.length === 1))
  )
}

/** Commands that leave a loop, or may. */
const leaving = new Set(['break', 'exit', 'return', 'exec', 'eval', 'kill', '.', 'source'])

/** Commands that do not fail: `set -e` ends nothing at them. */
const unfailing = new Set(['echo', 'printf', 'sleep', 'true', ':'])

/**
 * Whether something may end a loop that waits for a program: what a command of the body does, or a function that it calls; a
 * command of it that fails under `set -e`; or `timeout`, under which the shell itself runs.
 */
export function mayLeave({ functions, options, tested, wrappers }: Shell, body: CompoundList): boolean {
  const ends = (node: unknown, called: readonly string[]): boolean => {
    if (typeof node !== 'object' || node === null) return false
    if (Array.isArray(node)) return node.some((one) => ends(one, called))
    const { type, name } = node as { readonly type?: unknown; readonly name?: { readonly value?: unknown } }
    const word = typeof name?.value === 'string' ? name.value : undefined
    const own = type === 'Command' && word !== undefined && !called.includes(word) ? functions.get(word) : undefined
    if (own !== undefined && ends(own.node.body, [...called, word as string])) return true
    if (type === 'Command' && word !== undefined && leaving.has(word)) return true
    const isTest = type === 'TestCommand' || type === 'ArithmeticCommand'
    const fails = isTest || (type === 'Command' && word !== undefined && own === undefined && !unfailing.has(word))
    return (fails && options.errexit && !tested) || Object.values(node).some((one) => ends(one, called))
  }
  return wrappers.some(({ name }) => name === 'timeout') || ends(body, [])
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
