import type { Word } from '../../../evaluate/shell/model.ts'
import { known, marked, plainWord, sub } from '../../../evaluate/shell/word.ts'
import { readText } from '../../../files/tree.ts'
import { type DataNode, entriesOf } from '../../../syntax/data.ts'
import { parseToml } from '../../../syntax/toml/toml.ts'
import type { BoundSocket, Server, ServerOption } from '../model.ts'
import { bindAddress, defaultSocket } from './address.ts'
import { compareReleases, factsAt } from './facts.ts'
import { readPythonSettings } from './gunicorn-settings.ts'
import { fromFolder, type Invocation, last, searchPath } from './invocation.ts'
import { parseOptions } from './options.ts'
import { absentConfiguration, addressProblems, type HostForm, oneOf, refusal } from './refusals.ts'
import { pings, server, setting, speaks } from './server-record.ts'
import { readTarget } from './target.ts'
import { missingArgument, repeatedOptions } from './usage.ts'

/** hypercorn: a TOML (or Python) configuration file, then the command line. No environment variables. */
export function readHypercorn(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('hypercorn', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const file = configOptions(invocation, last(parsed?.options ?? [], 'config'))
  const options = [...(file ?? []), ...(parsed?.options ?? [])]
  const open = (parsed?.open ?? true) || file === undefined
  const word = parsed?.positionals[0]
  const { mode, target } = withoutMode(word)
  const sockets = socketsOf(invocation, options, open)
  const form = { attribute: 'app', paths: true, calls: true, factory: false }
  return server(invocation, {
    speaks:
      mode === 'wsgi'
        ? speaks('wsgi', word?.at ?? at, {
            en: '`wsgi:` makes hypercorn serve a WSGI application',
            fr: '`wsgi:` fait servir à hypercorn une application WSGI',
          })
        : speaks('asgi', at, { en: 'hypercorn serves ASGI applications', fr: 'hypercorn sert des applications ASGI' }),
    workerClass: undefined,
    workers: setting(invocation, facts, options, 'workers', '1'),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [step.cwd])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...addressProblems('hypercorn', sockets, hosts),
      ...valueProblems(invocation, options),
      ...absentConfiguration(invocation, options),
      ...(word === undefined && parsed?.open === false ? [missingArgument('hypercorn', at)] : []),
    ],
    open,
    pings: pingsOf(invocation, options, open),
    proxyHeaders: false,
    webSockets: true,
  })
}

const hosts: HostForm = { option: '--bind', brackets: true, names: true, empty: true, ports: true }
const levels = ['critical', 'error', 'warning', 'info', 'debug']

function valueProblems({ version }: Invocation, options: readonly ServerOption[]): Server['problems'] {
  const workers = last(options, 'workers')
  const isLevel = (text: string) => [...levels, 'fatal', 'warn', 'notset'].includes(text.toLowerCase())
  const problems = [
    ...oneOf('hypercorn', last(options, 'worker_class'), ['asyncio', 'uvloop', 'trio']),
    ...oneOf('hypercorn', last(options, 'log_level'), levels, isLevel),
    ...oneOf('hypercorn', last(options, 'verify_mode'), ['CERT_NONE', 'CERT_OPTIONAL', 'CERT_REQUIRED']),
  ]
  // Until 0.14 no worker at all meant an error; later the application is served in the main process.
  if (
    workers !== undefined &&
    known(workers.value?.parts) === '0' &&
    version !== undefined &&
    compareReleases(version, '0.15.0') < 0
  ) {
    const message = {
      en: `hypercorn ${version} does not start with 0 workers`,
      fr: `hypercorn ${version} ne démarre pas avec 0 worker`,
    }
    problems.push(refusal(workers.written, workers.valueAt ?? workers.at, message))
  }
  return problems
}

/** Seconds between pings that are sent without a pause. */
const unpaused = 0.001

function pingsOf({ at }: Invocation, options: readonly ServerOption[], open: boolean): Server['pings'] {
  const option = last(options, 'websocket_ping_interval')
  if (option !== undefined)
    return withoutPause(
      pings({ parts: option.value?.parts, source: option.source, at: option.valueAt ?? option.at, why: undefined }),
    )
  return open ? { interval: undefined, source: 'file', at } : { interval: 0, source: 'default', at }
}

/** An interval of 0 does not switch pings off: they follow each other without a pause. */
function withoutPause({ interval, ...rest }: Server['pings']): Server['pings'] {
  return { ...rest, interval: interval === 0 ? unpaused : interval }
}

function withoutMode(word: Word | undefined): { mode: string | undefined; target: Word | undefined } {
  const text = word === undefined ? '' : marked(word)
  const [mode] = text.split(':', 1)
  if (word === undefined || text.split(':').length !== 3 || (mode !== 'asgi' && mode !== 'wsgi'))
    return { mode: undefined, target: word }
  return { mode, target: sub(word, mode.length + 1) }
}

function socketsOf({ at }: Invocation, options: readonly ServerOption[], open: boolean): BoundSocket[] {
  const written = (source: ServerOption['source']) =>
    options.filter((option) => option.dest === 'binds' && option.source === source)
  const binds = written('command').length > 0 ? written('command') : written('file')
  if (binds.length > 0) {
    return binds.flatMap((option) =>
      option.value === undefined
        ? []
        : [bindAddress(option.value, option.source, option.at, { emptyHost: '', port: '8000' })],
    )
  }
  if (!open) return [defaultSocket('127.0.0.1', '8000', at)]
  const unknown = { parts: undefined, source: 'file' as const, at, why: unread }
  return [{ kind: 'tcp', host: { ...unknown, reach: 'undetermined' }, port: { ...unknown, worth: 'undetermined' }, at }]
}

const unread = { en: 'the configuration file cannot be read', fr: 'le fichier de configuration est illisible' }

/** Settings of the configuration file as options; undefined when nobody can say what it sets. */
function configOptions(invocation: Invocation, config: ServerOption | undefined): readonly ServerOption[] | undefined {
  const { app, step } = invocation
  if (config === undefined) return []
  const path = known(config.value?.parts)
  if (path === undefined) return undefined
  if (/^(?:file|python):/.test(path)) return pythonOptions(invocation, config, path)
  const inTree = fromFolder(step, path)
  const file = inTree === undefined ? undefined : readText(app.tree, inTree)
  return file === undefined || inTree === undefined ? undefined : tomlOptions(file.text, inTree)
}

/** `file:conf.py` and `python:deploy.conf` (a module; `python:conf.Name`, an object in one, is not followed). */
function pythonOptions(
  invocation: Invocation,
  config: ServerOption,
  path: string,
): readonly ServerOption[] | undefined {
  const { app, step } = invocation
  const name = path.slice(path.indexOf(':') + 1)
  const isModule = path.startsWith('python:')
  const module = isModule && step.cwd !== undefined ? app.project.resolve(name, [step.cwd]) : undefined
  const file = !isModule ? fromFolder(step, name) : module?.kind === 'namespace' ? undefined : module?.file
  if (file === undefined || app.tree.kind(file) !== 'file') return undefined
  const settings = new Set([
    'bind',
    ...(factsAt('hypercorn', invocation.version)?.options.map(({ dest }) => dest) ?? []),
  ])
  const read = readPythonSettings(invocation, { path: file, at: config.at }, (setting) => settings.has(setting))
  if (read.unknown.size > 0) return undefined
  return read.options.map((option) => (option.dest === 'bind' ? { ...option, dest: 'binds' } : option))
}

function tomlOptions(text: string, inTree: string): ServerOption[] | undefined {
  const { root } = parseToml(text)
  if (root === undefined) return undefined
  return entriesOf(root).flatMap(([key, { value }]) => {
    const place = { file: inTree, span: value.span }
    const texts = value.kind === 'list' ? value.items.map(asText) : [asText(value)]
    return texts.map(
      (text): ServerOption => ({
        name: key,
        dest: key === 'bind' ? 'binds' : key,
        written: key,
        value: plainWord(text, place),
        valueAt: place,
        at: place,
        source: 'file',
      }),
    )
  })
}

/** Of a table nothing is asked but that it is there. */
const asText = (node: DataNode): string =>
  node.kind === 'table' || node.kind === 'list' ? '' : node.kind === 'number' ? String(node.value) : node.text
