import { withoutCommands } from '../privacy/printable.ts'
import { fold } from '../terminal/fold.ts'
import { guardedText } from './masking.ts'
import type { AppReport } from './report.ts'

/** Lines that a command prints of an app, within the terminal’s width. Folded last: a secret that is torn is not known any more. */
export function guardedLines(
  app: Pick<AppReport, 'sources'>,
  lines: readonly { readonly text: string; readonly rest?: string }[],
  width: number,
): string {
  const folded = lines.flatMap(({ text, rest }) => fold(guardedText(app, text), width, rest))
  return withoutCommands(`${folded.join('\n')}\n`)
}
