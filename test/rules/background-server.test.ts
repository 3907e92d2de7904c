import { describe, expect, it } from 'vitest'
import rule from '../../rules/procfile/background-server/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { appOf } from '../app/settings/support.ts'

const server = 'daphne -b 0.0.0.0 -p $PORT mysite.asgi:application'

function findings(web: string, files: Record<string, string> = {}): readonly string[] {
  const app = appOf({ Procfile: `web: ${web}\n`, ...files })
  return run(app, [rule], defaultConfig).findings.map(({ severity, hop }) => `${severity} ${hop}`)
}

describe('procfile/background-server', () => {
  it('is about the boot where the shell has nothing left to do', () => {
    expect(findings(`${server} &`)).toEqual(['error boot'])
    expect(findings(`python manage.py check; ${server} & echo started`)).toEqual(['error boot'])
    expect(findings('bash start.sh', { 'start.sh': `${server} &\n` })).toEqual(['error boot'])
  })

  it('is about staying where the shell goes on', () => {
    for (const more of [
      'wait',
      'PID=$!; wait $PID',
      'sleep infinity',
      'while true; do sleep 60; done',
      'read line',
      'fg',
      '"$KEEP"',
    ]) {
      expect(findings(`${server} & ${more}`)).toEqual(['warning stay'])
    }
  })
})
