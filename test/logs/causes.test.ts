import { describe, expect, it } from 'vitest'
import type { RuleId } from '../../src/contracts/rule-id.ts'
import type { Severity } from '../../src/contracts/severity.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { causesOf } from '../../src/logs/causes.ts'
import { reading } from './support.ts'

const finding = (
  rule: RuleId,
  severity: Severity,
  symbol = '',
  message = '',
  hop: Finding['hop'] = 'boot',
): { app: number; finding: Finding } => ({
  app: 0,
  finding: {
    rule,
    kind: 'one',
    hop,
    severity,
    certainty: 'certain',
    condition: undefined,
    message: { en: message, fr: message },
    help: { en: '', fr: '' },
    at: { file: 'Procfile', span: { start: 0, end: 0 } },
    related: [],
    fixes: [],
    beside: false,
    security: false,
    symbol,
  },
})
const causes = (line: string, findings: readonly ReturnType<typeof finding>[]): string[] =>
  reading(`${line}\n`).groups.flatMap((group) => causesOf(group, findings).map((cause) => cause.finding.rule))

describe('causesOf', () => {
  const release = finding('procfile/release-phase', 'warning')
  const target = finding('procfile/asgi-target', 'error')
  const other = finding('settings/debug', 'error')

  it('takes findings of the group’s rules, in the order of the rules', () => {
    const findings = [other, release, finding('procfile/bind-port', 'error'), finding('procfile/bind-host', 'info')]
    expect(causes('Error R10 (Boot timeout)', findings)).toEqual(['procfile/bind-port', 'procfile/release-phase'])
  })

  it('explains a mere crash only by errors', () => {
    const mild = finding('procfile/bind-port', 'warning')
    expect(causes('Process exited with status 1', [mild, target, other])).toEqual(['procfile/asgi-target'])
  })

  it('explains a crash by nothing that only makes pages fail, or is unsafe', () => {
    const crash = 'Process exited with status 1'
    const hosts = finding('settings/startup-crash', 'error', '', '', 'http')
    const unsafe = finding('settings/startup-crash', 'error', '', '', 'safety')
    expect(causes(crash, [hosts, unsafe])).toEqual([])
    expect(causes(crash, [hosts, finding('settings/startup-crash', 'error', '', '', 'build')])).toEqual([
      'settings/startup-crash',
    ])
  })

  it('explains an error that names something only by what names it', () => {
    const missing = finding('deps/missing-package', 'error', 'channels-redis', 'channels-redis is not installed')
    const line = (name: string): string => `ModuleNotFoundError: No module named '${name}'`
    expect(causes(line('channels_redis.core'), [missing])).toEqual(['deps/missing-package'])
    expect(causes(line('redis'), [missing])).toEqual([])
    expect(causes(line('channels'), [missing])).toEqual([])
    const unrelated = finding('deps/known-bad', 'error', 'daphne', 'daphne 4.1.1: no management commands')
    const timeout = 'redis.exceptions.TimeoutError: Timeout reading from h:6379'
    expect(causes(timeout, [unrelated])).toEqual([])
    expect(causes(timeout, [unrelated, finding('deps/known-bad', 'error', 'redis', 'redis 8.0.0')])).toEqual([
      'deps/known-bad',
    ])
  })
})
