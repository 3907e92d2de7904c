import type { Language } from '../contracts/text.ts'
import type { HopState } from '../engine/chain.ts'
import { drawChain } from '../report/chain.ts'
import { type RenderOptions, sentence } from '../report/report.ts'
import { createColours } from '../terminal/colours.ts'
import { uriOf } from './buffers.ts'
import type { EditorRange } from './positions.ts'
import type { View } from './view.ts'

/** The chain of one project, as `dynolint/chain` answers it. */
export interface EditorChain {
  /** The project's folder. */
  readonly uri: string
  /** As `dynolint check` prints it. */
  readonly text: string
  readonly links: readonly {
    readonly hop: string
    readonly state: HopState
    /** What breaks it, or would, or leaves it open. */
    readonly reasons: readonly {
      readonly text: string
      readonly at: { readonly uri: string; readonly range: EditorRange } | null
    }[]
  }[]
}

/** As a terminal without colours would show it. */
const plain = (language: Language): RenderOptions => ({
  language,
  colour: false,
  width: 100,
  links: false,
  verbose: false,
  docs: () => '',
  prefix: '',
})

export function chainOf({ checked, places }: View, language: Language): EditorChain {
  const { report, root } = checked
  return {
    uri: uriOf(root),
    text: drawChain(report, plain(language), createColours(false)),
    links: report.chain.map(({ hop, state, rules, unknowns, possible }) => {
      const broken = report.findings.filter(
        (finding) => finding.hop === hop && !finding.beside && rules.includes(finding.rule) && state === 'breaks',
      )
      return {
        hop,
        state,
        reasons: [
          ...[...broken, ...possible].map((finding) => ({
            text: `${finding.rule}: ${sentence(finding, language)}`,
            at: places.location(finding.at),
          })),
          ...unknowns.map(({ what, why, at }) => ({
            text: `${what[language]}: ${why[language]}`,
            at: at === undefined ? null : places.location(at),
          })),
        ],
      }
    }),
  }
}
