import { rules } from '../../rules/index.generated.ts'
import { pageUrl } from '../about.generated.ts'
import { severityNames } from '../contracts/severity.ts'
import { bestFix, messagesOf } from '../engine/rule.ts'
import { createColours } from '../terminal/colours.ts'
import { fold } from '../terminal/fold.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io, isTold, widthOf } from './io.ts'

/** `dynolint rules`: id, severity, hop, fix and summary of every rule; as JSON, with all it can say. */
export function listRules(args: CommandLine, io: Io): number {
  if (args.format === 'json') {
    const list = rules.map((rule) => ({
      id: rule.id,
      area: rule.id.split('/')[0],
      hop: rule.hop,
      severity: rule.severity,
      fix: bestFix(rule),
      summary: rule.summary[args.language],
      docs: pageUrl(rule.id, args.language),
      messages: messagesOf(rule).map(({ id, hop, severity, fix, text, help }) => ({
        id,
        hop,
        severity,
        fix: fix?.safety ?? 'none',
        text: text[args.language],
        help: help[args.language],
      })),
    }))
    io.out(`${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`)
    return exit.clean
  }
  const colours = createColours(args.colour)
  const width = Math.max(...rules.map((rule) => rule.id.length))
  const severityWidth = Math.max(...Object.values(severityNames).map((name) => name[args.language].length))
  for (const rule of rules) {
    const id = colours.bold(rule.id.padEnd(width))
    const severity = severityNames[rule.severity][args.language].padEnd(severityWidth)
    const line = `${id}  ${severity}  ${rule.hop.padEnd(9)}  ${rule.summary[args.language]}`
    // One line each for what reads them.
    io.out(`${(isTold(io) ? fold(line, widthOf(io)) : [line]).join('\n')}\n`)
  }
  return exit.clean
}
