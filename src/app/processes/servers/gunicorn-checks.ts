import { known } from '../../../evaluate/shell/word.ts'
import type { FileTree } from '../../../files/tree.ts'
import type { BoundSocket, Effective, ServerOption, UsageProblem } from '../model.ts'
import { compareReleases, type FactsAt } from './facts.ts'
import { fromFolder, type Invocation, last } from './invocation.ts'
import { absent, absentConfiguration, addressProblems, type HostForm, numberVariable, refusal } from './refusals.ts'
import { checkValue } from './usage.ts'

const hosts: HostForm = { option: '--bind', brackets: true, names: true, empty: true, ports: true }

/** What gunicorn refuses when it starts, though its parser takes it. `concurrency`: WEB_CONCURRENCY, which it always reads. */
export function gunicornRefusals(
  invocation: Invocation,
  facts: FactsAt,
  read: {
    readonly options: readonly ServerOption[]
    readonly sockets: readonly BoundSocket[]
    readonly worker: Effective
    readonly concurrency: Effective
  },
): UsageProblem[] {
  return [
    ...addressProblems('gunicorn', read.sockets, hosts),
    ...absentWorker(invocation, read.worker),
    ...numberVariable('gunicorn', 'WEB_CONCURRENCY', read.concurrency),
    ...fileValues(facts, read.options),
    ...environmentPairs(read.options),
    ...absentFolder(invocation, read.options, invocation.app.tree),
    ...absentConfiguration(invocation, read.options),
  ]
}

const named = ['sync', 'gthread', 'gevent', 'gevent_wsgi', 'gevent_pywsgi', 'eventlet', 'tornado', 'asgi']
const uvicornWorkers = ['uvicorn.workers.UvicornWorker', 'uvicorn.workers.UvicornH11Worker']

/** A worker that this release does not have: `class uri 'asgi' invalid or not found`. */
function absentWorker({ version }: Invocation, worker: Effective): UsageProblem[] {
  const text = known(worker.parts)
  if (text === undefined) return []
  const since = text === 'asgi' ? '24.0.0' : undefined
  const until = text === 'eventlet' ? '26.0.0' : undefined
  const early = version !== undefined && since !== undefined && compareReleases(version, since) < 0
  const late = version !== undefined && until !== undefined && compareReleases(version, until) >= 0
  if (early || late) {
    const message = {
      en: `gunicorn ${version} has no worker \`${text}\``,
      fr: `gunicorn ${version} n’a pas de worker \`${text}\``,
    }
    return [{ ...refusal('-k', worker.at, message), versions: since === undefined ? `<${until}` : `>=${since}` }]
  }
  if (!/[.:]/.test(text) && !named.includes(text) && text !== '') {
    const message = {
      en: `gunicorn has no worker \`${text}\`; it knows ${named.join(', ')} and classes by their dotted path`,
      fr: `gunicorn n’a pas de worker \`${text}\` ; il connaît ${named.join(', ')} et les classes par leur chemin pointé`,
    }
    return [refusal('-k', worker.at, message)]
  }
  if (text.startsWith('uvicorn.') && !uvicornWorkers.includes(text)) {
    const message = {
      en: `uvicorn has no worker class \`${text}\``,
      fr: `uvicorn n’a pas de classe de worker \`${text}\``,
    }
    return [{ ...refusal('-k', worker.at, message), suggestion: uvicornWorkers[0] }]
  }
  return []
}

/** Texts in the configuration file where a number belongs: `workers = 'many'`. */
function fileValues(facts: FactsAt, options: readonly ServerOption[]): UsageProblem[] {
  return options.flatMap((option) => {
    const fact = facts.options.find(({ dest }) => dest === option.dest)
    const text = known(option.value?.parts)
    if (option.source !== 'file' || fact?.type !== 'int' || text === undefined) return []
    if (/^(?:true|false)$/i.test(text) || !Number.isNaN(Number(text))) return []
    return checkValue(facts, fact, option) ?? []
  })
}

/** `--env NAME` without a value. */
function environmentPairs(options: readonly ServerOption[]): UsageProblem[] {
  return options.flatMap((option) => {
    const text = known(option.value?.parts)
    if (option.dest !== 'raw_env' || text === undefined || text.includes('=')) return []
    const message = {
      en: `\`${option.written}\` of gunicorn takes NAME=value, not \`${text}\``,
      fr: `\`${option.written}\` de gunicorn attend NOM=valeur, pas \`${text}\``,
    }
    return [refusal(option.written, option.valueAt ?? option.at, message)]
  })
}

/** `--chdir` into a folder that is not there. */
function absentFolder({ step, name }: Invocation, options: readonly ServerOption[], tree: FileTree): UsageProblem[] {
  const option = last(options, 'chdir')
  const text = known(option?.value?.parts)
  const path = text === undefined ? undefined : fromFolder(step, text)
  if (option === undefined || text === undefined || path === undefined || path === '') return []
  return tree.kind(path) === undefined ? [absent(name, option, text)] : []
}
