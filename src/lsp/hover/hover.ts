import { type Hover, MarkupKind } from 'vscode-languageserver/node'
import type { Language } from '../../contracts/text.ts'
import { guardedText } from '../../report/masking.ts'
import type { Places } from '../places.ts'
import type { Checked } from '../project.ts'
import { processHover } from './process.ts'
import { requirementHover } from './requirement.ts'
import { pythonHover } from './setting.ts'
import { socketHover } from './socket.ts'
import type { HoverContext } from './words.ts'

const askers = [processHover, requirementHover, socketHover, pythonHover]

/** What is known of the thing at an offset of a file of the app. No secret stands in it. */
export function hoverAt(
  file: string,
  offset: number,
  checked: Checked,
  places: Places,
  { language, markdown }: { readonly language: Language; readonly markdown: boolean },
): Hover | undefined {
  const context: HoverContext = {
    checked,
    language,
    code: markdown ? codeSpan : (text) => text,
    strong: markdown ? (text) => `**${text}**` : (text) => text,
  }
  for (const ask of askers) {
    const told = ask(file, offset, context)
    if (told === undefined) continue
    const value = told.lines.map((line) => guardedText(checked.report, line)).join(markdown ? '  \n' : '\n')
    return {
      contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
      range: places.range({ file, span: told.span }),
    }
  }
  return undefined
}

/** Whatever the text holds: the fence is longer than any run of backticks in it. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return `${fence}${space}${text.replaceAll('\n', ' ')}${space}${fence}`
}
