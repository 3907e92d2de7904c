import type { Assignment, Command } from '../../syntax/shell/shell.ts'
import { assignedValue } from './command.ts'
import { type CommandOutcome, succeeded } from './execute.ts'
import { expandWord, expandWords, partsText } from './expansion.ts'
import type { ShellSource } from './source.ts'
import { assign, exportName, forget, type Shell, type ShellVariable } from './state.ts'

const declarations = new Set(['export', 'declare', 'typeset', 'local', 'readonly'])

export function isDeclaration(name: string): boolean {
  return declarations.has(name)
}

/** `export A=b C`, `declare -x A=b`, `local A`, `readonly A=b`. */
export function declare(shell: Shell, source: ShellSource, name: string, node: Command): CommandOutcome {
  let exports = name === 'export'
  let ignored = false
  let isNumber = false
  let isGlobal = !['local', 'declare', 'typeset'].includes(name)
  for (const arg of node.args) {
    const at = source.place(arg.pos, arg.end)
    if (arg.type === 'Assignment') {
      if (!isGlobal) keepBefore(shell, arg.name)
      assign(shell, arg.name, bracedValue(shell, source, arg) ?? assignedValue(shell, source, arg), at)
      if (isNumber) forget(shell, arg.name, at)
      if (exports) exportName(shell, arg.name, at)
      continue
    }
    for (const word of expandWords(shell, source, [arg])) {
      const text = partsText(word.parts)
      if (text?.startsWith('-') === true) {
        if (/x/.test(text)) exports = true
        if (/[nfp]/.test(text)) ignored = true
        if (/g/.test(text)) isGlobal = true
        if (/i/.test(text)) isNumber = true
      } else if (text !== undefined && /^[A-Za-z_]\w*$/.test(text)) {
        if (!isGlobal && shell.locals !== undefined) {
          keepBefore(shell, text)
          shell.variables.set(text, { kind: 'unset', at })
        }
        if (exports && !ignored) exportName(shell, text, at)
      } else if (text !== undefined) {
        const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text)
        if (match === null) continue
        if (!isGlobal) keepBefore(shell, match[1] as string)
        assign(
          shell,
          match[1] as string,
          { kind: 'text', pieces: [{ part: match[2] as string, at, verbatim: false }] },
          at,
        )
        if (exports) exportName(shell, match[1] as string, at)
      }
    }
  }
  return succeeded
}

/** A variable of a function: what it was is put back when the function ends. */
function keepBefore({ locals, variables }: Shell, name: string): void {
  if (locals !== undefined && !locals.has(name)) locals.set(name, variables.get(name))
}

/** `export A={a,b}` is `export A=a A=b` to bash: the last one stays. */
function bracedValue(shell: Shell, source: ShellSource, { value }: Assignment): ShellVariable | undefined {
  if (
    shell.dialect === 'sh' ||
    value.type !== 'Word' ||
    value.parts?.some((part) => part.type === 'BraceExpansion') !== true
  ) {
    return undefined
  }
  const last = expandWord(shell, source, value).at(-1)
  return last === undefined ? undefined : { kind: 'text', pieces: last.pieces }
}
