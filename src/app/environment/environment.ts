import type { Config } from '../../config/config.ts'
import type { Text } from '../../contracts/text.ts'
import type { ConfigVar, EnvironmentChange, ProcessStart } from '../../evaluate/environment.ts'
import type { Part } from '../../evaluate/parts.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import { type AddonFact, addonFact, addonVariables } from '../../knowledge/addons.ts'
import { platforms } from '../../knowledge/platforms.ts'
import type { Snapshot } from '../../snapshot/model.ts'
import { partsOf, shapeOf } from '../../snapshot/shapes.ts'
import type { DependencySet } from '../dependencies/model.ts'
import type { Addon, Manifest } from '../manifest/model.ts'
import type { DynoEnvironment } from './model.ts'

interface Inputs {
  readonly config: Config
  readonly manifest: Manifest
  readonly dependencies: DependencySet
  readonly tree?: FileTree
  readonly snapshot?: Snapshot | undefined
}

/** What every config var is worth on the dyno, before a process changes it. Never throws. */
export function readEnvironment(app: Inputs): DynoEnvironment {
  const { config, manifest, snapshot } = app
  const variables = new Map<string, ConfigVar>(platformVariables(manifest.platform))
  const listed = snapshot?.addons ?? attached(config, manifest)
  const assumed = snapshot?.config !== undefined && !snapshot.config.has('REDIS_URL') ? [] : [assumedRedis]
  const addons = listed ?? (manifest.platform.startsWith('heroku') ? assumed : [])
  const redisVariables: string[] = []
  for (const addon of addons) {
    const fact = addonFact(addon.service)
    for (const name of 'variables' in addon ? addon.variables : addonVariables(addon.service, addon.as)) {
      if (fact !== undefined) variables.set(name, addonVariable(name, fact))
      if (fact?.kind === 'redis' && isFrom(name, snapshot)) redisVariables.push(name)
    }
  }
  if (!variables.has('DATABASE_URL') && listed === undefined && speaksPostgres(app.dependencies)) {
    variables.set('DATABASE_URL', addonVariable('DATABASE_URL', addonFact('heroku-postgresql') as AddonFact))
  }
  if (snapshot?.config === undefined) manifestVariables(manifest, variables)
  configured(config, variables, redisVariables, (name) => config.envAt.has(name))
  if (snapshot?.config !== undefined) deployedVariables(snapshot.config, config, variables)
  configured(config, variables, redisVariables, (name) => !config.envAt.has(name))
  const facts = {
    redisVariables,
    addonsKnown: listed !== undefined || snapshot?.config !== undefined,
    hasHerokuRedis: addons.some(({ service }) => service === 'heroku-redis'),
  }
  return environmentOf(variables, facts, snapshot?.config === undefined ? undefined : unlisted(app))
}

/** Whether the add-on's URL is what the app has under the name. Without a snapshot of the config vars it is. */
function isFrom(name: string, snapshot: Snapshot | undefined): boolean {
  if (snapshot?.config === undefined) return true
  const shape = snapshot.config.get(name)?.shape
  return shape !== undefined && !shape.endsWith(':local')
}

/** `env` of app.json and heroku.yml: what an app is created with. */
function manifestVariables(manifest: Manifest, variables: Map<string, ConfigVar>): void {
  for (const entry of [...(manifest.herokuYml?.env ?? []), ...(manifest.appJson?.env ?? [])]) {
    const file = entry.at.file
    const from: Text = { en: `\`env\` of ${file}`, fr: `\`env\` de ${file}` }
    if (entry.value !== undefined) variables.set(entry.name, known(entry.value, from))
    else if (entry.required || entry.generated) variables.set(entry.name, { state: 'set', from })
  }
}

function configured(
  config: Config,
  variables: Map<string, ConfigVar>,
  redisVariables: readonly string[],
  wanted: (name: string) => boolean,
): void {
  for (const [name, value] of Object.entries(config.env)) {
    const from: Text = { en: "dynolint's configuration", fr: 'la configuration de dynolint' }
    if (!wanted(name)) continue
    // The add-on's own URL, repeated: what is known about the add-on says more than this text.
    if (value !== false && redisVariables.includes(name) && herokuRedisUrl.test(value) && isSecure(variables.get(name)))
      continue
    variables.set(name, value === false ? { state: 'absent' } : known(value, from))
  }
}

/** The form of heroku-redis's URL: TLS, a password, a host of EC2 under the name Amazon gave it, which no authority vouches for. */
const herokuRedisUrl =
  /^rediss:\/\/[^@/\s]*:[^@/\s]+@ec2-[\d-]+\.(?:compute-1|[a-z\d-]+\.compute)\.amazonaws\.com:\d+\/?$/

function isSecure(variable: ConfigVar | undefined): boolean {
  const [first] = variable?.state === 'known' ? variable.parts : []
  return typeof first === 'string' && first.startsWith('rediss://')
}

/**
 * The config vars of the deployed app. A text of the configuration that has the same shape says more than the shape does;
 * so does what is known about an add-on's URL. Any other name that config vars decide is not set.
 */
function deployedVariables(
  deployed: NonNullable<Snapshot['config']>,
  config: Config,
  variables: Map<string, ConfigVar>,
): void {
  for (const [name, { shape }] of deployed) {
    const from: Text = { en: 'the config vars of the app', fr: 'les config vars de l’application' }
    const stated = config.env[name]
    if (typeof stated === 'string' && shapeOf(name, stated) === shape) continue
    const addon = variables.get(name)
    const [scheme] = addon?.state === 'known' ? addon.parts : []
    if (typeof scheme === 'string' && scheme.includes('://') && shape === `${scheme.split(':', 1)[0]}-url`) continue
    variables.set(name, { state: 'known', parts: partsOf(name, shape), from })
  }
  for (const [name, variable] of variables) {
    if (deployed.has(name) || notConfigVar.test(name)) continue
    if (variable.state !== 'absent') variables.set(name, { state: 'absent' })
  }
}

/** Names that Heroku, its buildpacks, the shell or Python set besides the config vars (dyno metadata is an option of the app). */
const notConfigVar =
  /^(?:DYNO|DYNO_RAM|PORT|PS|STACK|SOURCE_VERSION|(?:BUILD|CACHE|ENV)_DIR|REQUEST_ID|HEROKU_(?!REDIS_|POSTGRESQL_)\w+|HOME|PATH|PWD|OLDPWD|USER|USERNAME|LOGNAME|SHELL|SHLVL|TERM|COLUMNS|LINES|HOST|HOSTNAME|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|LC_\w+|_|CI|VIRTUAL_ENV|PYTHON\w*|(?:LD_|DYLD_)?LIBRARY_PATH|C_INCLUDE_PATH|CPATH|PKG_CONFIG_PATH|GDAL\w*|GEOS\w*|PROJ_?\w*|NODE_\w+|WEB_CONCURRENCY\w*|WEB_MEMORY|MEMORY_AVAILABLE|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS|SSL_CERT_\w+|FONTCONFIG_PATH|(?:GOOGLE_)?CHROME\w*)$/

/** What a name is worth that is no config var of the deployed app: unset, unless something besides config vars may set it. */
function unlisted({ tree }: Inputs): (name: string) => ConfigVar {
  // Not remembered: the environment may outlive the texts.
  const scripts = (): string => {
    const folder = tree?.list('.profile.d').map(({ name }) => `.profile.d/${name}`) ?? []
    return ['.profile', ...folder].map((path) => (tree && readText(tree, path)?.text) ?? '').join('\n')
  }
  return (name) => {
    if (notConfigVar.test(name)) return { state: 'unknown' }
    return scripts().includes(name) ? { state: 'unknown' } : { state: 'absent' }
  }
}

type Facts = Pick<DynoEnvironment, 'redisVariables' | 'addonsKnown' | 'hasHerokuRedis'>

/** An environment over a table of variables; what the table lacks is unknown. */
export function environmentOf(
  variables: ReadonlyMap<string, ConfigVar>,
  facts: Facts,
  others: ConfigVar | ((name: string) => ConfigVar) = { state: 'unknown' },
  start: ProcessStart = {},
): DynoEnvironment {
  const other = typeof others === 'function' ? others : () => others
  return {
    ...facts,
    ...start,
    get: (name) => variables.get(name) ?? other(name),
    names: () => [...variables].filter(([, { state }]) => state === 'known' || state === 'set').map(([name]) => name),
    forProcess(changes, given) {
      if (changes.length === 0 && given === undefined) return this
      const changed = new Map(variables)
      for (const change of changes) changed.set(change.name, changedVariable(change))
      return environmentOf(changed, facts, others, {
        folder: given?.folder ?? start.folder,
        argv: given?.argv ?? start.argv,
        home: given?.home ?? start.home,
      })
    },
  }
}

function changedVariable({ parts, at }: EnvironmentChange): ConfigVar {
  if (parts === undefined) return { state: 'absent' }
  const from: Text = { en: `the command in ${at.file}`, fr: `la commande dans ${at.file}` }
  return { state: 'known', parts: [...parts], from }
}

function known(text: string, from: Text): ConfigVar {
  return { state: 'known', parts: text === '' ? [] : [text], from }
}

const heroku: Text = { en: 'Heroku', fr: 'Heroku' }
const buildpack: Text = { en: "Heroku's Python buildpack", fr: 'le buildpack Python de Heroku' }

/** What the platform sets by itself: classic dynos get more than Fir and containers (heroku-buildpack-python v351, buildpacks-python 6.5.6). */
function platformVariables(platform: Config['platform']): [string, ConfigVar][] {
  const facts = platforms[platform]
  const port: [string, ConfigVar] = [
    'PORT',
    {
      state: 'known',
      parts: [{ name: 'PORT', variable: 'PORT', chars: 'digits', nonEmpty: true }],
      from: heroku,
    },
  ]
  if (!facts.known) return [port]
  // Only Heroku CI's test runs have it.
  const always: [string, ConfigVar][] = [port, ['CI', { state: 'absent' }]]
  if (facts.dyno) always.push(['DYNO', { state: 'known', parts: dynoName(platform, 'web'), from: heroku }])
  if (facts.setsHome) always.push(['HOME', known(facts.home, heroku)])
  if (!facts.buildpackVariables) return always
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

/** What DYNO holds in a dyno of a process type: `web.1`, `release.8431`; on Fir `web-5f8d9c-x7k2p`. */
const dynoName = (platform: Config['platform'], type: string): readonly Part[] =>
  platform === 'heroku-fir'
    ? [`${type}-`, { name: 'DYNO', variable: 'DYNO', chars: 'host', nonEmpty: true, own: 'dyno' }]
    : [`${type}.`, { name: 'DYNO', variable: 'DYNO', chars: 'digits', nonEmpty: true, own: 'dyno' }]

const nowhere = { file: '', span: { start: 0, end: 0 } }

/** What a build has not, and a dyno has. */
const inBuild: readonly EnvironmentChange[] = [
  { name: 'DYNO', parts: undefined, at: nowhere },
  { name: 'PORT', parts: undefined, at: nowhere },
]

/**
 * The environment of the build. Heroku's classic one works in a folder of its own that becomes /app when it is done; in those of
 * the other platforms the app lies where it will run (heroku-buildpack-python v351, bin/compile: `cd "${BUILD_DIR}"`).
 */
export function buildOf({ environment, manifest }: Build, argv?: ProcessStart['argv']): DynoEnvironment {
  const home = manifest.platform === 'heroku-classic' ? '/tmp/build_00000000' : undefined
  return environment.forProcess(inBuild, { folder: '', home, argv })
}

type Build = { readonly environment: DynoEnvironment; readonly manifest: Manifest }

/** The environment of a dyno of a process type, or of a hook of the build, where its name is known; that of `web` is the app's own. */
export function dynoOf({ environment, manifest }: Build, type: string | undefined): DynoEnvironment {
  if (type?.startsWith('bin/') === true) return buildOf({ environment, manifest })
  const given = environment.get('DYNO')
  if (type === undefined || type === 'web' || given.state !== 'known' || given.from !== heroku) return environment
  return environment.forProcess([{ name: 'DYNO', parts: dynoName(manifest.platform, type), at: nowhere }])
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
function addonVariable(name: string, fact: AddonFact): ConfigVar {
  const from: Text = { en: `the add-on ${fact.service}`, fr: `l’add-on ${fact.service}` }
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
