import type { RuleId } from '../../src/contracts/rule-id.ts'
import type { ChainLink } from '../../src/engine/chain.ts'
import { type AppReport, locator } from '../../src/report/report.ts'

/**
 * What a report says besides the findings of one rule, in few lines: the hops that do not simply hold (those behind a break are
 * left out), what would have to be known of them, and where other rules speak.
 */
export function showChain(app: AppReport, own: RuleId): string[] {
  const locate = locator(app)
  const links = app.chain.filter((link) => !['holds', 'not-reached'].includes(link.state) && !isOfNoGit(link))
  return [
    links.map(({ hop, state }) => `${hop} ${state}`).join(', ') || 'all hops hold',
    ...links.flatMap(({ hop, unknowns }) => unknowns.map(({ what, why }) => `${hop}? ${what.en}: ${why.en}`)),
    ...app.findings
      .filter(({ rule }) => rule !== own)
      .map(({ rule, kind, at, severity, certainty, hop }) => {
        const { file, start } = locate(at)
        const marks = certainty === 'possible' ? `${hop}, possible` : hop
        return `${rule} (${kind}) ${file}:${start.line} ${severity} (${marks})`
      }),
  ]
}

/** Most cases say nothing of git: what a push carries is unknown then. */
const isOfNoGit = ({ hop, state, possible }: ChainLink): boolean =>
  hop === 'push' && state === 'undetermined' && possible.length === 0
