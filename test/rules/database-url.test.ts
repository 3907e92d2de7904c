import { describe, expect, it } from 'vitest'
import rule from '../../rules/settings/database-url/rule.ts'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { settingsOf } from '../app/settings/support.ts'

function messages(host: string, env: Config['env']): readonly string[] {
  const app = settingsOf(
    `import os\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'chat', 'HOST': ${host}}}\n`,
    env,
  )
  return run(app, [rule], defaultConfig).findings.map(({ message }) => message.en)
}

describe('settings/database-url', () => {
  it('does not call written in the source what a config var holds', () => {
    expect(messages("'db.example.com'", {})).toEqual([expect.stringContaining('as written in the source')])
    expect(messages("os.environ['DB_HOST']", { DB_HOST: 'db.example.com' })).toEqual([])
  })

  it('still tells of a config var that names the dyno itself or a container', () => {
    expect(messages("os.environ['DB_HOST']", { DB_HOST: 'localhost' })).toEqual([
      expect.stringContaining('the dyno itself'),
    ])
    expect(messages("os.environ['DB_HOST']", { DB_HOST: 'db' })).toEqual([expect.stringContaining('containers')])
  })
})
