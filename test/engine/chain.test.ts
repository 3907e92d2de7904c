import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const web = 'web: daphne -b 0.0.0.0 -p $PORT --proxy-headers mysite.asgi:application\n'

function checked(procfile: string) {
  const { report } = check({ today, tree: memoryTree({ ...base, Procfile: procfile }), config: defaultConfig })
  return {
    errors: report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    boot: report.chain.find(({ hop }) => hop === 'boot'),
  }
}

describe('the chain', () => {
  it.each([
    ['procfile/useless-worker', 'worker: python manage.py runworker\n'],
    ['procfile/command-missing', 'worker: ./scripts/work.sh\n'],
    ['procfile/unknown-flag', 'extra: daphne --workers 2 -b 0.0.0.0 -p 9000 mysite.asgi:application\n'],
    ['deps/missing-package', 'extra: uvicorn mysite.asgi:application --port 9000\n'],
  ])('is not broken by what breaks a process beside the web: %s', (rule, line) => {
    const { errors, boot } = checked(web + line)
    expect(errors).toContain(rule)
    expect(boot).toMatchObject({ state: 'holds', rules: [] })
  })

  it('is broken by the same in the web process', () => {
    expect(checked('web: ./scripts/work.sh\n').boot).toMatchObject({ state: 'breaks' })
    const uvicorn = 'uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n'
    expect(checked(`web: ${uvicorn}`).boot).toMatchObject({ state: 'breaks', rules: ['deps/missing-package'] })
    // Of a package that both need, the web's need counts.
    expect(checked(`extra: ${uvicorn}web: ${uvicorn}`).boot).toMatchObject({ state: 'breaks' })
  })
})
