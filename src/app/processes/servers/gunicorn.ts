import type { Place } from '../../../contracts/place.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { known, marked, plainWord, sub } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Effective, Server, ServerOption } from '../model.ts'
import { bindAddress, defaultSocket, hostOf, portOf, tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { compareReleases, factsAt } from './facts.ts'
import { gunicornRefusals } from './gunicorn-checks.ts'
import { givenVariables } from './gunicorn-environment.ts'
import { type GunicornFile, gunicornFilePath } from './gunicorn-file.ts'
import { readGunicornFile } from './gunicorn-settings.ts'
import { fromEnvironment, fromFolder, type Invocation, last, searchPath } from './invocation.ts'
import { type Parsed, parseOptions } from './options.ts'
import { type OwnWorker, ownWorker } from './own-worker.ts'
import { server, setting, speaks, webConcurrency } from './server-record.ts'
import { readTarget } from './target.ts'
import { repeatedOptions } from './usage.ts'
import { trusts, withoutPings } from './uvicorn.ts'

/** gunicorn: its configuration file, then GUNICORN_CMD_ARGS, then the command line; a later layer wins. */
export function readGunicorn(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('gunicorn', version)
  if (facts === undefined) throw new Error('gunicorn is unknown')
  const parsed = parseOptions(facts, args, 'command')
  const environment = parseOptions(facts, environmentWords(invocation), 'environment')
  const config = last(parsed.options, 'config') ?? last(environment.options, 'config')
  const found = gunicornFilePath(invocation, config)
  const file = found === undefined ? undefined : readGunicornFile(invocation, found)
  const options = [...(file?.options ?? []), ...environment.options, ...parsed.options]
  const world: World = { invocation, options, file, open: parsed.open || environment.open }
  const workerClass = layered(world, 'worker_class', 'sync')
  const target = parsed.positionals[0] ?? last(options, 'wsgi_app')?.value
  const form = { attribute: 'application', paths: false, calls: true, factory: false }
  const own = ownWorker(invocation, workerClass, pathOf(world), (path) => uvicornWorkers.test(path))
  const interval = own === undefined ? pingsOf(workerClass) : own.pings
  const worker = own?.base ?? known(workerClass.parts)
  const ws = own === undefined ? 'auto' : own.ws
  const mute =
    worker === undefined || ws === undefined || !uvicornWorkers.test(worker)
      ? undefined
      : withoutPings(app, ws, workerClass.at)
  const sockets = socketsOf(world)
  return server(invocation, {
    changes: [...(file?.changes ?? []), ...givenVariables(options)],
    speaks: protocolOf(invocation, workerClass, own),
    workerClass,
    worker,
    workers:
      last(options, 'workers') === undefined && file?.unknown.has('workers') !== true
        ? webConcurrency(invocation)
        : layered(world, 'workers', '1'),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, pathOf(world)),
    options,
    problems: [
      ...parsed.problems,
      ...environment.problems,
      ...repeatedOptions(facts, parsed.options),
      ...missingTarget(world, parsed, target),
      ...gunicornRefusals(invocation, facts, {
        options,
        sockets,
        worker: workerClass,
        concurrency: webConcurrency(invocation),
      }),
    ],
    // A logger of the file's own opens what it wants.
    makes:
      file?.unknown.has('chdir') === true || file?.unknown.has('logger_class') === true ? [undefined] : file?.makes,
    open: world.open || file?.unknown.has('*') === true,
    pings: mute ?? { interval, source: 'default', at: own?.said ?? workerClass.at },
    proxyHeaders: proxyOf(world),
    webSockets:
      own === undefined && known(workerClass.parts) === undefined
        ? undefined
        : own !== undefined || interval !== undefined || known(workerClass.parts) === 'asgi',
  })

  function missingTarget(all: World, { open }: Parsed, word: Word | undefined): Server['problems'] {
    if (word !== undefined || open || all.file?.unknown.has('wsgi_app') === true || all.file?.unknown.has('*') === true)
      return []
    const message = {
      en: 'gunicorn is not told which application to serve',
      fr: 'on ne dit pas à gunicorn quelle application servir',
    }
    return [{ kind: 'missing-argument', option: '', at, message, suggestion: undefined, versions: undefined }]
  }

  function pathOf(all: World) {
    const chdir = last(all.options, 'chdir')
    const folder = known(chdir?.value?.parts)
    const first =
      chdir === undefined
        ? all.file?.unknown.has('chdir') === true
          ? undefined
          : step.cwd
        : folder === undefined
          ? undefined
          : fromFolder(step, folder)
    const extra = known(last(all.options, 'pythonpath')?.value?.parts)?.split(',') ?? []
    return searchPath(step, [...extra.map((path) => fromFolder(step, path.trim())).reverse(), first])
  }
}

interface World {
  readonly invocation: Invocation
  readonly options: readonly ServerOption[]
  readonly file: GunicornFile | undefined
  readonly open: boolean
}

/** A setting in effect over all layers; unknown when a layer that may set it cannot be read. */
function layered({ invocation, options, file, open }: World, dest: string, fallback: string): Effective {
  const option = last(options, dest)
  if (option !== undefined && option.source !== 'file') return setting(invocation, undefined, options, dest)
  if (open)
    return {
      parts: undefined,
      source: 'command',
      at: invocation.at,
      why: { en: 'its options come from a variable', fr: 'ses options viennent d’une variable' },
    }
  const hidden = file?.unknown.get(dest) ?? file?.unknown.get('*')
  if (hidden !== undefined) {
    const path = file?.path ?? ''
    return {
      parts: undefined,
      source: 'file',
      at: hidden,
      why: { en: `\`${path}\` computes it`, fr: `\`${path}\` le calcule` },
    }
  }
  return setting(invocation, undefined, options, dest, fallback)
}

/** GUNICORN_CMD_ARGS, split as a shell would. */
function environmentWords({ step, at }: Invocation): Word[] {
  const word = fromEnvironment(step, 'GUNICORN_CMD_ARGS', at)
  const text = word === undefined ? undefined : known(word.parts)
  if (word === undefined) return []
  if (text === undefined) {
    const whole = marked(word)
    if (/["']/.test(whole)) return [{ ...word, splits: true }]
    return [...whole.matchAll(/\S+/g)].map(({ 0: token, index }) => sub(word, index, index + token.length))
  }
  return [...text.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([raw]) =>
    plainWord(raw.replace(/["']/g, ''), word.at),
  )
}

const wsgiWorkers =
  /^(?:sync|gthread|gevent|gevent_wsgi|gevent_pywsgi|eventlet|tornado|gunicorn\.workers\.(?:sync|gthread|ggevent|geventlet|gtornado)\..*|(?:egg:)?meinheld.*)$/
const uvicornWorkers = /^uvicorn(?:_worker|\.workers)\.\w*Worker$/

function protocolOf({ version }: Invocation, worker: Effective, own: OwnWorker | undefined): Server['speaks'] {
  const text = own?.base ?? known(worker.parts)
  if (text === undefined)
    return speaks(
      'undetermined',
      worker.at,
      worker.why ?? { en: 'the worker class is not known', fr: 'la classe de worker n’est pas connue' },
    )
  if (wsgiWorkers.test(text)) {
    const said = worker.source === 'default'
    return speaks(
      'wsgi',
      worker.at,
      said
        ? {
            en: 'without `-k`, gunicorn uses its `sync` worker, which speaks WSGI',
            fr: 'sans `-k`, gunicorn utilise son worker `sync`, qui parle WSGI',
          }
        : { en: `the worker \`${text}\` speaks WSGI`, fr: `le worker \`${text}\` parle WSGI` },
    )
  }
  if (uvicornWorkers.test(text))
    return speaks('asgi', worker.at, {
      en: `the worker \`${text}\` speaks ASGI`,
      fr: `le worker \`${text}\` parle ASGI`,
    })
  if (text === 'asgi' || text === 'gunicorn.workers.gasgi.ASGIWorker') {
    if (version !== undefined && compareReleases(version, '24.0.0') < 0) {
      return speaks('undetermined', worker.at, {
        en: `gunicorn ${version} has no worker \`asgi\` (24.0.0 and later do)`,
        fr: `gunicorn ${version} n’a pas de worker \`asgi\` (à partir de 24.0.0)`,
      })
    }
    return speaks('asgi', worker.at, { en: 'the worker `asgi` speaks ASGI', fr: 'le worker `asgi` parle ASGI' })
  }
  return speaks('undetermined', worker.at, {
    en: `what the worker class \`${text}\` speaks is not known`,
    fr: `on ne sait pas ce que parle la classe de worker \`${text}\``,
  })
}

function pingsOf(worker: Effective): number | undefined {
  const text = known(worker.parts)
  if (text === undefined) return undefined
  return uvicornWorkers.test(text) ? 20 : wsgiWorkers.test(text) || text === 'asgi' ? 0 : undefined
}

/** `bind` may stand several times; without any, gunicorn takes $PORT on all interfaces when PORT is set. */
function socketsOf(world: World): BoundSocket[] {
  const { invocation, options, file, open } = world
  for (const source of ['command', 'environment', 'file'] as const) {
    const binds = options.filter((option) => option.dest === 'bind' && option.source === source)
    if (binds.length === 0 && source !== 'file') continue
    if (binds.length > 0)
      return binds.flatMap((option) =>
        option.value === undefined
          ? []
          : [bindAddress(option.value, source, option.at, { emptyHost: '', port: '8000', gunicorn: true })],
      )
  }
  const hidden: Place | undefined = open ? invocation.at : (file?.unknown.get('bind') ?? file?.unknown.get('*'))
  if (hidden !== undefined) {
    const unknown: Effective = {
      parts: undefined,
      source: 'file',
      at: hidden,
      why: { en: 'the configuration file computes it', fr: 'le fichier de configuration le calcule' },
    }
    return [{ kind: 'tcp', host: hostOf(unknown), port: portOf(unknown), at: hidden }]
  }
  const port = fromEnvironment(invocation.step, 'PORT', invocation.at)
  if (port === undefined) return [defaultSocket('127.0.0.1', '8000', invocation.at)]
  return [
    tcpSocket(
      byDefault('0.0.0.0', invocation.at),
      { parts: port.parts, source: 'environment', at: port.at, why: undefined },
      invocation.at,
    ),
  ]
}

function proxyOf({ invocation, options, file }: World): boolean | undefined {
  // gunicorn looks for `*` in its list; uvicorn's workers hand the list on, which then must be `*` alone.
  const alone = uvicornWorkers.test(known(last(options, 'worker_class')?.value?.parts) ?? '') ? undefined : false
  const option = last(options, 'forwarded_allow_ips')
  if (option !== undefined) return trusts({ state: 'known', parts: option.value?.parts ?? [] }, alone)
  if (file?.unknown.has('forwarded_allow_ips') === true || file?.unknown.has('*') === true) return undefined
  return trusts(invocation.step.environment.get('FORWARDED_ALLOW_IPS'), alone)
}
