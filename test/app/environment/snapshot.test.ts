import { describe, expect, it } from 'vitest'
import type { ConfigVar } from '../../../src/evaluate/environment.ts'
import { display } from '../../../src/evaluate/python/value.ts'
import { deployedApp } from '../../support/app.ts'

const noPlace = { file: '', span: { start: 0, end: 0 } }

function shown(variable: ConfigVar): string {
  if (variable.state !== 'known') return variable.state
  return display({ type: 'str', parts: variable.parts, at: noPlace })
}

describe('the environment of a deployed app', () => {
  const config = { DEBUG: 'False', REDIS_URL: 'rediss-url', SECRET_KEY: 'secret', EMPTY: 'empty' }

  it('knows every config var: set, to what as far as the shape says, or unset', () => {
    const { environment } = deployedApp({ Procfile: 'web: x' }, { config })
    expect(shown(environment.get('DEBUG'))).toBe('False')
    expect(shown(environment.get('EMPTY'))).toBe('')
    expect(environment.get('SECRET_KEY')).toMatchObject({ parts: [{ variable: 'SECRET_KEY', nonEmpty: true }] })
    expect(environment.get('SENTRY_DSN')).toEqual({ state: 'absent' })
    expect(environment.get('HEROKU_REDIS_AMBER_URL')).toEqual({ state: 'absent' })
    expect(environment.get('DATABASE_URL')).toEqual({ state: 'absent' })
  })

  it('leaves open what config vars do not decide', () => {
    const files = {
      Procfile: 'web: x',
      '.profile': 'export RELEASE=$(cat .release)\n',
      '.profile.d/a.sh': 'export A_B=1\n',
    }
    const { environment } = deployedApp(files, { config })
    expect(environment.get('PORT').state).toBe('known')
    expect(environment.get('CI')).toEqual({ state: 'absent' })
    for (const name of ['HEROKU_APP_NAME', 'HEROKU_SLUG_COMMIT', 'SOURCE_VERSION', 'HOSTNAME', 'RELEASE', 'A_B']) {
      expect([name, environment.get(name).state]).toEqual([name, 'unknown'])
    }
  })

  it('is what manifests and the configuration say where the snapshot has no config vars', () => {
    const { environment } = deployedApp(
      { 'app.json': '{"env": {"A": "1"}}' },
      { dynos: [] },
      { env: { B: '2', C: false } },
    )
    expect(['A', 'B', 'C', 'D'].map((name) => shown(environment.get(name)))).toEqual(['1', '2', 'absent', 'unknown'])
  })

  it('wins over the file of the configuration, which may say more, and yields to the command line', () => {
    const place = { file: 'dynolint.toml', span: { start: 0, end: 1 } }
    const names = ['SECRET_KEY', 'DEBUG', 'OTHER']
    const { environment } = deployedApp(
      { Procfile: 'web: x' },
      { config },
      {
        env: { SECRET_KEY: 'k3v9w-2m4q8', DEBUG: 'True', OTHER: 'x', LAST: 'y', EMPTY: false },
        envAt: new Map(names.map((name) => [name, place])),
      },
    )
    expect(names.map((name) => shown(environment.get(name)))).toEqual(['k3v9w-2m4q8', 'False', 'absent'])
    expect(shown(environment.get('LAST'))).toBe('y')
    expect(environment.get('EMPTY')).toEqual({ state: 'absent' })
  })

  it('takes the names of add-ons from the app, not from their defaults', () => {
    const addons = [
      { service: 'heroku-redis', plan: 'mini', variables: ['HEROKU_REDIS_AMBER_URL', 'GONE_URL'] },
      { service: 'rediscloud', variables: ['REDISCLOUD_URL'] },
    ]
    const config = { HEROKU_REDIS_AMBER_URL: 'rediss-url', REDISCLOUD_URL: 'redis-url:more' }
    const { environment } = deployedApp({ Procfile: 'web: x' }, { addons, config })
    expect(environment).toMatchObject({
      addonsKnown: true,
      hasHerokuRedis: true,
      redisVariables: ['HEROKU_REDIS_AMBER_URL', 'REDISCLOUD_URL'],
    })
    expect(environment.get('REDISCLOUD_URL')).toMatchObject({ parts: ['redis://', { name: 'REDISCLOUD_URL.rest' }] })
    const alone = deployedApp({ Procfile: 'web: x' }, { addons }).environment
    expect(alone.redisVariables).toEqual(['HEROKU_REDIS_AMBER_URL', 'GONE_URL', 'REDISCLOUD_URL'])
    expect(alone.get('REDIS_URL').state).toBe('unknown')
  })

  it('assumes no Redis where the config vars show none', () => {
    const { environment } = deployedApp({ Procfile: 'web: x' }, { config: { DEBUG: 'True' } })
    expect(environment).toMatchObject({ addonsKnown: true, hasHerokuRedis: false, redisVariables: [] })
    const local = deployedApp({ Procfile: 'web: x' }, { config: { REDIS_URL: 'redis-url:local' } }).environment
    expect(local.redisVariables).toEqual([])
  })

  it('reads the platform off the stack', () => {
    const platform = (stack: string) => deployedApp({ Procfile: 'web: x' }, { stack }).manifest.platform
    expect(['heroku-24', 'container', 'cnb'].map(platform)).toEqual([
      'heroku-classic',
      'heroku-container',
      'heroku-fir',
    ])
  })
})
