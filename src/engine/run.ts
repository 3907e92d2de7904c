import type { App } from '../app/app.ts'
import type { Config } from '../config/config.ts'
import { compareFindings, type Finding, findingOf } from './finding.ts'
import { conditionOf, meets } from './premises.ts'
import type { Rule } from './rule.ts'

/** A rule that threw: our fault, reported as such, and no reason to lose the other rules' findings. */
export interface Failure {
  readonly rule: string
  readonly error: unknown
}

export interface RunResult {
  readonly findings: readonly Finding[]
  readonly failures: readonly Failure[]
}

/** Runs the rules that the configuration leaves on and the project has a use for; findings come sorted, equal ones once. */
export function run(app: App, rules: readonly Rule[], config: Config): RunResult {
  const findings: Finding[] = []
  const failures: Failure[] = []
  for (const rule of rules) {
    const set = config.rules[rule.id]
    if (set === 'off') continue
    try {
      if (rule.needs !== undefined && !meets(app, rule.needs)) continue
      rule.check(app, (message, report) => {
        const restsOn = report.restsOn ?? rule.messages[message]?.restsOn ?? rule.restsOn ?? []
        const condition = conditionOf(app, restsOn, report.when)
        if (condition === 'never') return
        const finding = findingOf(rule, message, report, condition)
        findings.push(set === undefined ? finding : { ...finding, severity: set })
      })
    } catch (error) {
      failures.push({ rule: rule.id, error })
    }
  }
  return { findings: unique(findings.sort(compareFindings)), failures }
}

function unique(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, index) => {
    const before = findings[index - 1]
    return before === undefined || compareFindings(before, finding) !== 0
  })
}
