import type { Config } from '../../config/config.ts'
import type { Variable } from '../../evaluate/evaluation.ts'
import type { Part } from '../../evaluate/value.ts'
import { type AddonFact, addonFact, addonVariables } from '../../knowledge/addons.ts'
import type { Text } from '../../text.ts'
import type { DependencySet } from '../dependencies/model.ts'
import type { Addon, Manifest } from '../manifest/model.ts'
import type { DynoEnvironment, EnvironmentChange } from './model.ts'

interface Inputs {
  readonly config: Config
  readonly manifest: Manifest
  readonly dependencies: DependencySet
}

/** What every config var is worth on the dyno, before a process changes it. Never throws. */
export function readEnvironment(app: Inputs): DynoEnvironment {
  const { config, manifest } = app
  const variables = new Map<string, Variable>(platformVariables(manifest.platform))
  const listed = attached(config, manifest)
  const addons = listed ?? (manifest.platform.startsWith('heroku') ? [assumedRedis] : [])
  const redisVariables: string[] = []
  for (const addon of addons) {
    const fact = addonFact(addon.service)
    for (const name of addonVariables(addon.service, addon.as)) {
      if (fact !== undefined) variables.set(name, addonVariable(name, fact))
      if (fact?.kind === 'redis') redisVariables.push(name)
    }
  }
  if (!variables.has('DATABASE_URL') && listed === undefined && speaksPostgres(app.dependencies)) {
    variables.set('DATABASE_URL', addonVariable('DATABASE_URL', addonFact('heroku-postgresql') as AddonFact))
  }
  for (const entry of [...(manifest.herokuYml?.env ?? []), ...(manifest.appJson?.env ?? [])]) {
    const file = entry.at.file
    const from: Text = { en: `\`env\` of ${file}`, fr: `\`env\` de ${file}` }
    if (entry.value !== undefined) variables.set(entry.name, known(entry.value, from))
    else if (entry.required || entry.generated) variables.set(entry.name, { state: 'set', from })
  }
  for (const [name, value] of Object.entries(config.env)) {
    const from: Text = { en: "dynolint's configuration", fr: 'la configuration de dynolint' }
    variables.set(name, value === false ? { state: 'absent' } : known(value, from))
  }
  return environmentOf(variables, {
    redisVariables,
    addonsKnown: listed !== undefined,
    hasHerokuRedis: addons.some(({ service }) => service === 'heroku-redis'),
  })
}

type Facts = Pick<DynoEnvironment, 'redisVariables' | 'addonsKnown' | 'hasHerokuRedis'>

/** An environment over a table of variables; what the table lacks is unknown. */
export function environmentOf(
  variables: ReadonlyMap<string, Variable>,
  facts: Facts,
  others: Variable = { state: 'unknown' },
): DynoEnvironment {
  return {
    ...facts,
    get: (name) => variables.get(name) ?? others,
    names: () => [...variables].filter(([, { state }]) => state === 'known' || state === 'set').map(([name]) => name),
    forProcess(changes) {
      if (changes.length === 0) return this
      const changed = new Map(variables)
      for (const change of changes) changed.set(change.name, changedVariable(change))
      return environmentOf(changed, facts, others)
    },
  }
}

function changedVariable({ parts, at }: EnvironmentChange): Variable {
  if (parts === undefined) return { state: 'absent' }
  const from: Text = { en: `the command in ${at.file}`, fr: `la commande dans ${at.file}` }
  return { state: 'known', parts: [...parts], from }
}

function known(text: string, from: Text): Variable {
  return { state: 'known', parts: text === '' ? [] : [text], from }
}

const heroku: Text = { en: 'Heroku', fr: 'Heroku' }
const buildpack: Text = { en: "Heroku's Python buildpack", fr: 'le buildpack Python de Heroku' }

/** What the platform sets by itself: classic dynos get more than Fir and containers (heroku-buildpack-python v351, buildpacks-python 6.5.6). */
function platformVariables(platform: Config['platform']): [string, Variable][] {
  const onHeroku = platform.startsWith('heroku') || platform === 'dokku'
  const port: [string, Variable] = [
    'PORT',
    { state: 'known', parts: [{ name: 'PORT', variable: 'PORT', chars: 'digits', nonEmpty: true }], from: heroku },
  ]
  if (!onHeroku) return [port]
  const dyno: Part = { name: 'DYNO', variable: 'DYNO', chars: 'host', nonEmpty: true }
  // Only Heroku CI's test runs have it.
  const always: [string, Variable][] = [port, ['CI', { state: 'absent' }]]
  if (platform !== 'dokku') always.push(['DYNO', { state: 'known', parts: [dyno], from: heroku }])
  if (platform === 'heroku-container') return always
  always.push(['HOME', known(platform === 'heroku-fir' ? '/workspace' : '/app', heroku)])
  if (platform === 'heroku-fir') return always
  const concurrency: Part = { name: 'WEB_CONCURRENCY', variable: 'WEB_CONCURRENCY', chars: 'digits', nonEmpty: true }
  return [
    ...always,
    ['PYTHONUNBUFFERED', known('true', buildpack)],
    ['PYTHONHOME', known('/app/.heroku/python', buildpack)],
    ['PYTHONPATH', known('/app', buildpack)],
    ['LANG', known('en_US.UTF-8', buildpack)],
    ['FORWARDED_ALLOW_IPS', known('*', buildpack)],
    ['GUNICORN_CMD_ARGS', known('--access-logfile -', buildpack)],
    ['WEB_CONCURRENCY', { state: 'known', parts: [concurrency], from: buildpack }],
  ]
}

const assumedRedis: Addon = {
  service: 'heroku-redis',
  plan: undefined,
  as: undefined,
  at: undefined,
  planAt: undefined,
}

function attached(config: Config, manifest: Manifest): readonly Addon[] | undefined {
  if (config.addons !== undefined) {
    return config.addons.map((text) => {
      const [service = text, plan] = text.split(':') as [string, string?]
      return { service, plan, as: undefined, at: undefined, planAt: undefined }
    })
  }
  return manifest.addons
}

/** URL of an add-on: its form is known, what is secret in it is not. */
function addonVariable(name: string, fact: AddonFact): Variable {
  const from: Text = { en: `the add-on ${fact.service}`, fr: `l'add-on ${fact.service}` }
  if (fact.scheme === undefined) return { state: 'set', from }
  const hole = (part: string, chars: 'word' | 'host' | 'digits'): Part => ({
    name: `${name}.${part}`,
    variable: name,
    chars,
    nonEmpty: true,
  })
  const address: Part[] = ['@', hole('host', 'host'), ':', hole('port', 'digits')]
  if (fact.kind === 'postgres') {
    return {
      state: 'known',
      parts: [
        'postgres://',
        hole('user', 'word'),
        ':',
        hole('password', 'word'),
        ...address,
        '/',
        hole('name', 'word'),
      ],
      from,
    }
  }
  if (fact.scheme === 'rediss')
    return { state: 'known', parts: ['rediss://:', hole('password', 'word'), ...address], from }
  return {
    state: 'known',
    parts: [`${fact.scheme}://`, hole('user', 'word'), ':', hole('password', 'word'), ...address],
    from,
  }
}

function speaksPostgres(dependencies: DependencySet): boolean {
  return ['psycopg', 'psycopg2', 'psycopg2-binary', 'psycopg-binary'].some(
    (name) => dependencies.installed(name).state === 'installed',
  )
}
