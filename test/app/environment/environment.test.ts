import { describe, expect, it } from 'vitest'
import { appOf } from '../../support/app.ts'

const at = { file: 'Procfile', span: { start: 0, end: 1 } }

describe('what the dyno sets', () => {
  it('is what Heroku and its Python buildpack set on a classic dyno', () => {
    const { environment } = appOf({ Procfile: 'web: x' })
    expect(environment.get('PORT')).toMatchObject({ state: 'known', parts: [{ variable: 'PORT', chars: 'digits' }] })
    expect(environment.get('DYNO').state).toBe('known')
    expect(environment.get('FORWARDED_ALLOW_IPS')).toMatchObject({ parts: ['*'] })
    expect(environment.get('GUNICORN_CMD_ARGS')).toMatchObject({ parts: ['--access-logfile -'] })
    expect(environment.get('PYTHONPATH')).toMatchObject({ parts: ['/app'] })
    expect(environment.get('DEBUG')).toEqual({ state: 'unknown' })
  })

  it('is less on Fir and in a container', () => {
    expect(
      appOf({ Procfile: 'web: x' }, { platform: 'heroku-fir', platformStated: true }).environment.get('WEB_CONCURRENCY')
        .state,
    ).toBe('unknown')
    expect(appOf({ 'heroku.yml': 'run:\n  web: x\n' }).environment.get('FORWARDED_ALLOW_IPS').state).toBe('unknown')
  })
})

describe('add-ons', () => {
  it('are assumed to be heroku-redis when nothing lists them', () => {
    const { environment } = appOf({ Procfile: 'web: x' })
    expect(environment).toMatchObject({ addonsKnown: false, hasHerokuRedis: true, redisVariables: ['REDIS_URL'] })
    const url = environment.get('REDIS_URL')
    expect(
      url.state === 'known' && url.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join(''),
    ).toBe('rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>')
  })

  it('are what the manifest lists, under their attachment names', () => {
    const { environment } = appOf({
      'app.json': '{"addons": ["rediscloud:30", {"plan": "heroku-redis:mini", "as": "queue"}]}',
    })
    expect(environment).toMatchObject({
      addonsKnown: true,
      hasHerokuRedis: true,
      redisVariables: ['REDISCLOUD_URL', 'QUEUE_URL'],
    })
    expect(environment.get('REDIS_URL')).toEqual({ state: 'unknown' })
  })

  it('are what the configuration lists, before any manifest', () => {
    const { environment } = appOf(
      { 'app.json': '{"addons": ["heroku-redis"]}' },
      { addons: ['heroku-postgresql:essential-0'] },
    )
    expect(environment).toMatchObject({ addonsKnown: true, hasHerokuRedis: false, redisVariables: [] })
    expect(environment.get('DATABASE_URL').state).toBe('known')
  })

  it('keep their URL where the configuration repeats it, as `heroku config` shows it', () => {
    const rediss = 'rediss://:p0f4a1c9e7b3d5@ec2-203-0-113-7.compute-1.amazonaws.com:26379'
    const european = 'rediss://:p0f4a1c9e7b3d5@ec2-203-0-113-7.eu-west-1.compute.amazonaws.com:26379'
    const url = (stated: string) =>
      appOf({ Procfile: 'web: x' }, { env: { REDIS_URL: stated } }).environment.get('REDIS_URL')
    const assumed = appOf({ Procfile: 'web: x' }).environment.get('REDIS_URL')
    expect(url(rediss)).toEqual(assumed)
    expect(url(european)).toEqual(assumed)
    for (const other of [
      'redis://:p0f4a1c9e7b3d5@ec2-203-0-113-7.compute-1.amazonaws.com:26379',
      'rediss://default:p0f4a1c9e7b3d5@eu1-fair-owl-30000.upstash.io:30000',
      'rediss://ec2-203-0-113-7.compute-1.amazonaws.com.example.org:6379',
      'redis://localhost:6379',
    ]) {
      expect(url(other)).toMatchObject({ state: 'known', parts: [other] })
    }
  })

  it('are not assumed on another platform', () => {
    expect(appOf({ Procfile: 'web: x' }, { platform: 'render', platformStated: true }).environment.hasHerokuRedis).toBe(
      false,
    )
  })

  it('include a database when the project installs psycopg', () => {
    expect(
      appOf({ Procfile: 'web: x', 'requirements.txt': 'psycopg2-binary==2.9.9\n' }).environment.get('DATABASE_URL')
        .state,
    ).toBe('known')
    expect(
      appOf({ Procfile: 'web: x', 'requirements.txt': 'Django==5.2\n' }).environment.get('DATABASE_URL').state,
    ).toBe('unknown')
  })
})

describe('env', () => {
  it('of the manifest gives values, or says that something is set; the configuration wins', () => {
    const files = {
      'app.json':
        '{"env": {"A": "1", "B": {"required": true}, "C": {"required": false}, "D": {"generator": "secret"}}}',
    }
    const { environment } = appOf(files, { env: { A: '2', E: false } })
    expect(environment.get('A')).toMatchObject({ state: 'known', parts: ['2'] })
    expect(environment.get('B').state).toBe('set')
    expect(environment.get('C').state).toBe('unknown')
    expect(environment.get('D').state).toBe('set')
    expect(environment.get('E').state).toBe('absent')
    expect(environment.names()).toEqual(expect.arrayContaining(['A', 'B', 'D', 'PORT']))
  })
})

describe('forProcess', () => {
  it('applies assignments and removals in order', () => {
    const { environment } = appOf({ Procfile: 'web: x' })
    const changed = environment.forProcess([
      { name: 'A', parts: ['1'], at },
      { name: 'A', parts: ['2'], at },
      { name: 'PORT', parts: undefined, at },
    ])
    expect(changed.get('A')).toMatchObject({ state: 'known', parts: ['2'] })
    expect(changed.get('PORT')).toEqual({ state: 'absent' })
    expect(environment.get('PORT').state).toBe('known')
  })
})
