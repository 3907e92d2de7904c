import type { Place } from '../../contracts/place.ts'
import type { Piece, Redirection } from './model.ts'
import type { Shell } from './state.ts'

/** Whether a redirection takes standard output elsewhere. */
export const takesOutput = ({ operator }: Redirection): boolean => /^1?>|^&>/.test(operator)

/** Whether redirections take standard error elsewhere; `2>&1` does where standard output goes elsewhere. */
export const takesErrors = (all: readonly Redirection[]): boolean =>
  all.some(({ operator }) => /^2>>?\|?$|^&>|^>&$/.test(operator) || (operator === '2>&' && all.some(takesOutput)))

/**
 * Notes what `set -x` writes of a command, expanded, before it runs (bash manual, "The Set Builtin"); texts that anyone can read in the
 * file are of no interest.
 */
export function trace(shell: Shell, pieces: readonly Piece[], at: Place): void {
  const { tracedBy, hidesErrors, context, variables } = shell
  const open = pieces.filter(({ part }) => typeof part !== 'string')
  if (tracedBy !== undefined && !hidesErrors && open.length > 0 && !variables.has('BASH_XTRACEFD'))
    context.printed.push({ what: open, at, tracedBy })
}
