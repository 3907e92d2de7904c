import type { Place } from '../../../contracts/place.ts'
import type { Part } from '../../../evaluate/parts.ts'
import type { Event } from '../../../evaluate/python/evaluation.ts'
import { itemsOf, type Value } from '../../../evaluate/python/value.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { plainWord } from '../../../evaluate/shell/word.ts'
import { factsAt } from '../servers/facts.ts'

export type ProgramCall = Extract<Event, { type: 'call' }>

const daphneRun = /^daphne\.cli\.CommandLineInterface\(\)\.run$/
const daphneEntry = /^daphne\.cli\.CommandLineInterface\.entrypoint$/
const daphneServer = /^daphne\.server\.Server\(\)\.run$/
const uvicornServer = /^uvicorn(?:\.server)?\.Server\(\)\.(?:run|serve)$/
const uvicornConfig = /^uvicorn(?:\.config)?\.Config$/
const granianServe = /^granian(?:\.server)?\.Granian\(\)\.serve$/
const django = /^django\.core\.management\.(?:execute_from_command_line|call_command)$/

/** A call that starts a server by its own Python interface. `changesArguments`: the script may have rewritten sys.argv. */
export function isServerCall({ path, args }: ProgramCall, changesArguments: boolean): boolean {
  if (daphneEntry.test(path)) return !changesArguments
  if (django.test(path)) return args.positional.length > 0
  return (
    path === 'uvicorn.run' ||
    path === 'waitress.serve' ||
    [daphneRun, daphneServer, uvicornServer, granianServe].some((form) => form.test(path))
  )
}

/**
 * The command line that means the same as a call by which a script starts a server. `all`: the script's calls, among
 * them the one that made the object; `argv`: the script and its arguments; `first`: the folder that its search path begins with.
 * Undefined when nobody can say.
 */
export function serverWords(
  { path, args, at }: ProgramCall,
  all: readonly ProgramCall[],
  argv: readonly Word[],
  first: string | undefined,
): Word[] | undefined {
  const [given, ...rest] = args.positional
  const made = (form: RegExp) => all.findLast((call) => form.test(call.path))?.args
  const named = (program: string) => plainWord(program, at)
  // Its command line looks in the working directory too; its functions do not (`app_dir=None`).
  const plainly = [named('--app-dir'), first === undefined ? unknownWord('app_dir', at) : named(first)]
  if (path === 'uvicorn.run') {
    const own = args.keywords.has('app_dir') ? [] : plainly
    return [...keywordWords('uvicorn', 'app', args, at), ...own]
  }
  if (uvicornServer.test(path)) {
    const config = made(uvicornConfig)
    return config === undefined ? undefined : [...keywordWords('uvicorn', 'app', config, at), ...plainly]
  }
  if (granianServe.test(path)) {
    const server = made(/^granian(?:\.server)?\.Granian$/)
    return server === undefined ? undefined : keywordWords('granian', 'target', server, at)
  }
  if (path === 'waitress.serve') return keywordWords('waitress-serve', 'app', args, at)
  if (daphneEntry.test(path)) return [named('daphne'), ...argv.slice(1)]
  if (daphneServer.test(path)) return daphneServerWords(made(/^daphne\.server\.Server$/), at)
  const list = django.test(path) && path.endsWith('call_command') ? undefined : itemsOf(given)
  if (daphneRun.test(path)) return list === undefined ? undefined : [named('daphne'), ...list.map(wordOf)]
  if (path.endsWith('call_command')) return [named('manage.py'), ...[given, ...rest].flatMap(plainWords)]
  return list === undefined ? undefined : [named('manage.py'), ...list.slice(1).map(wordOf)]
}

function plainWords(value: Value | undefined): Word[] {
  return value === undefined ? [] : [wordOf(value)]
}

/** `Server(application, endpoints=["tcp:port=8000:interface=0.0.0.0"])`. */
function daphneServerWords(server: ProgramCall['args'] | undefined, at: Place): Word[] | undefined {
  const endpoints = itemsOf(server?.keywords.get('endpoints'))
  if (server === undefined || endpoints === undefined) return undefined
  const interval = server.keywords.get('ping_interval')
  const pings = interval === undefined ? [] : [plainWord('--ping-interval', interval.at), wordOf(interval)]
  return [
    plainWord('daphne', at),
    ...endpoints.flatMap((endpoint) => [plainWord('-e', endpoint.at), wordOf(endpoint)]),
    ...pings,
    unknownWord('app', at),
  ]
}

const parameters: Readonly<Record<string, string>> = { address: 'host' }

/** A call whose keywords are the server's own settings: `uvicorn.run("mysite.asgi:application", host="0.0.0.0")`. */
function keywordWords(
  program: string,
  first: string,
  { positional, keywords }: ProgramCall['args'],
  at: Place,
): Word[] {
  const target = positional[0] ?? keywords.get(first)
  const facts = factsAt(program.replace('-serve', ''), undefined)
  const words = [plainWord(program, at)]
  for (const [name, value] of keywords) {
    const fact = name === first ? undefined : facts?.options.find(({ dest }) => dest === (parameters[name] ?? name))
    const option = fact?.names[0]
    if (fact === undefined || option === undefined || value.type === 'none') continue
    if (fact.arity === 0) {
      const written = isTrue(value) ? option : fact.negations?.[0]
      if (written !== undefined) words.push(plainWord(written, value.at))
    } else words.push(plainWord(option, value.at), wordOf(value))
  }
  // An application handed over as an object has no name that could be looked for.
  return [...words, target?.type === 'str' ? wordOf(target) : unknownWord('app', at)]
}

export function isTrue(value: Value | undefined): boolean {
  return value?.type === 'bool' && value.value
}

/** A value as the word that would stand for it on a command line. */
export function wordOf(value: Value): Word {
  if (value.type === 'int' || value.type === 'float' || value.type === 'bool')
    return plainWord(String(value.value), value.at)
  if (value.type === 'str')
    return {
      parts: value.parts,
      pieces: value.parts.map((part) => ({ part, at: value.at, verbatim: false })),
      at: value.at,
      splits: false,
    }
  if (value.type === 'unknown' && value.variable !== undefined) {
    const hole: Part = {
      name: value.variable,
      variable: value.variable,
      chars: value.of === 'int' ? 'digits' : 'any',
      nonEmpty: true,
    }
    return { parts: [hole], pieces: [{ part: hole, at: value.at, verbatim: false }], at: value.at, splits: false }
  }
  return unknownWord('…', value.at)
}

function unknownWord(name: string, at: Place): Word {
  const hole: Part = { name, variable: undefined, chars: 'any', nonEmpty: true }
  return { parts: [hole], pieces: [{ part: hole, at, verbatim: false }], at, splits: false }
}
