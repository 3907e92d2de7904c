import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser'
import { readText } from '../../../files/tree.ts'
import type { Server, ServerOption, Socket, Word } from '../model.ts'
import { known, marked, plainWord, sub } from '../word.ts'
import { bindAddress, defaultSocket } from './address.ts'
import { pings, server, setting, speaks } from './build.ts'
import { factsAt } from './facts.ts'
import { fromFolder, type Invocation, last, searchPath } from './invocation.ts'
import { parseOptions } from './options.ts'
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
    sockets: socketsOf(invocation, options, open),
    target: target === undefined ? undefined : readTarget(app, target, form, searchPath(step, [step.cwd])),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...(facts === undefined ? [] : repeatedOptions(facts, parsed?.options ?? [])),
      ...(word === undefined && parsed?.open === false ? [missingArgument('hypercorn', at)] : []),
    ],
    open,
    pings: pingsOf(invocation, options, open),
    proxyHeaders: false,
    webSockets: true,
  })
}

function pingsOf({ at }: Invocation, options: readonly ServerOption[], open: boolean): Server['pings'] {
  const option = last(options, 'websocket_ping_interval')
  if (option !== undefined)
    return pings({ parts: option.value?.parts, source: option.source, at: option.valueAt ?? option.at, why: undefined })
  return open ? { interval: undefined, source: 'file', at } : { interval: 0, source: 'default', at }
}

function withoutMode(word: Word | undefined): { mode: string | undefined; target: Word | undefined } {
  const text = word === undefined ? '' : marked(word)
  const [mode] = text.split(':', 1)
  if (word === undefined || text.split(':').length !== 3 || (mode !== 'asgi' && mode !== 'wsgi'))
    return { mode: undefined, target: word }
  return { mode, target: sub(word, mode.length + 1) }
}

function socketsOf({ at }: Invocation, options: readonly ServerOption[], open: boolean): Socket[] {
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

/** Settings of a TOML file as options; undefined when the configuration cannot be read here (Python modules). */
function configOptions({ app, step }: Invocation, config: ServerOption | undefined): ServerOption[] | undefined {
  if (config === undefined) return []
  const path = known(config.value?.parts)
  if (path === undefined || path.startsWith('python:') || path.startsWith('file:')) return undefined
  const inTree = fromFolder(step, path)
  const file = inTree === undefined ? undefined : readText(app.tree, inTree)
  if (file === undefined || inTree === undefined) return undefined
  const at = { file: inTree, span: { start: 0, end: file.text.length } }
  try {
    const values: Record<string, unknown> = getStaticTOMLValue(parseTOML(file.text))
    return Object.entries(values).flatMap(([key, value]) => {
      const dest = key === 'bind' ? 'binds' : key
      const place = keyPlace(file.text, key, inTree) ?? at
      const texts = Array.isArray(value) ? value.map(String) : [String(value)]
      return texts.map(
        (text): ServerOption => ({
          name: key,
          dest,
          written: key,
          value: plainWord(text, place),
          valueAt: place,
          at: place,
          source: 'file',
        }),
      )
    })
  } catch {
    return undefined
  }
}

function keyPlace(text: string, key: string, file: string): ServerOption['at'] | undefined {
  for (const node of parseTOML(text).body[0].body) {
    if (node.type !== 'TOMLKeyValue') continue
    const [only] = node.key.keys
    const name = only?.type === 'TOMLBare' ? only.name : only?.value
    if (name === key) return { file, span: { start: node.value.range[0], end: node.value.range[1] } }
  }
  return undefined
}
