import type { Word } from '../../../evaluate/shell/model.ts'
import { known, marked, sub } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Server, ServerOption, UsageProblem } from '../model.ts'
import { bindAddress, tcpSocket } from './address.ts'
import { byDefault } from './effective.ts'
import { compareReleases, factsAt } from './facts.ts'
import { type Invocation, last, searchPath, valueOfOption } from './invocation.ts'
import { parseOptions } from './options.ts'
import { addressProblems, type HostForm, refusal } from './refusals.ts'
import { server } from './server-record.ts'
import { readTarget } from './target.ts'
import { missingArgument } from './usage.ts'
import { wsgiOnly } from './wsgi.ts'

/** waitress-serve: WSGI only; `waitress/runner.py` and `waitress/adjustments.py`. */
export function readWaitress(invocation: Invocation): Server {
  const { app, args, at, step, version } = invocation
  const facts = factsAt('waitress', version)
  const parsed = facts === undefined ? undefined : parseOptions(facts, args, 'command')
  const options = parsed?.options ?? []
  const written = last(options, 'app')?.value ?? parsed?.positionals[0]
  const path = searchPath(step, [step.cwd])
  const module = app.project.resolve(known(written?.parts) ?? '', path.folders)
  const target = written === undefined || module !== undefined ? written : withColon(written, version)
  const form = { attribute: undefined, paths: false, calls: false, factory: last(options, 'call') !== undefined }
  const sockets = waitressSockets(invocation, options)
  return server(invocation, {
    ...wsgiOnly(invocation),
    workers: byDefault('1', at),
    sockets,
    target: target === undefined ? undefined : readTarget(app, target, form, path),
    options,
    problems: [
      ...(parsed?.problems ?? []),
      ...addressProblems('waitress', sockets, hosts),
      ...conflicts(options),
      ...proxyProblems(options),
      ...(target === undefined && parsed?.open === false ? [missingArgument('waitress', at)] : []),
    ],
    open: parsed?.open ?? true,
    proxyHeaders: takesScheme(options),
  })
}

const hosts: HostForm = { option: '--listen', brackets: true, names: true, empty: false, ports: false }

/** Since 3.0.2 a dot does where a colon is missing (`pkgutil.resolve_name`). */
function withColon(word: Word, version: string | undefined): Word {
  const text = known(word.parts)
  const dot = text?.lastIndexOf('.') ?? -1
  if (text === undefined || text.includes(':') || dot === -1) return word
  if (version !== undefined && compareReleases(version, '3.0.2') < 0) return word
  const colon = { part: ':', at: word.at, verbatim: false }
  const [module, attribute] = [sub(word, 0, dot), sub(word, dot + 1)]
  const parts = [`${text.slice(0, dot)}:${text.slice(dot + 1)}`]
  return { ...word, parts, pieces: [...module.pieces, colon, ...attribute.pieces] }
}

function waitressSockets({ at }: Invocation, options: readonly ServerOption[]): BoundSocket[] {
  const listens = options.filter(({ dest }) => dest === 'listen')
  if (listens.length > 0) {
    return listens.flatMap((option) =>
      addressesIn(option.value).map((word) =>
        bindAddress(word, option.source, option.at, { emptyHost: '', port: '8080' }),
      ),
    )
  }
  const [host, port, unix] = [last(options, 'host'), last(options, 'port'), last(options, 'unix_socket')]
  if (unix !== undefined)
    return [{ kind: 'unix', host: undefined, port: undefined, at: unix.at, path: known(unix.value?.parts) }]
  return [
    tcpSocket(
      host === undefined ? byDefault('0.0.0.0', at) : valueOfOption(host),
      port === undefined ? byDefault('8080', at) : valueOfOption(port),
      port?.at ?? host?.at ?? at,
    ),
  ]
}

/** `--listen` may name several addresses, with blanks between them. */
function addressesIn(word: Word | undefined): Word[] {
  if (word === undefined) return []
  if (word.splits) return [word]
  return [...marked(word).matchAll(/\S+/g)].map((match) => sub(word, match.index, match.index + match[0].length))
}

/** Options that exclude each other: waitress raises a ValueError. */
function conflicts(options: readonly ServerOption[]): UsageProblem[] {
  const groups = [['listen'], ['host', 'port'], ['unix_socket']].map((names) =>
    options.find(({ dest }) => names.includes(dest)),
  )
  const [first, second] = groups.filter((option) => option !== undefined)
  if (first === undefined || second === undefined) return []
  const message = {
    en: `waitress does not take \`${first.written}\` and \`${second.written}\` together`,
    fr: `waitress n’accepte pas \`${first.written}\` et \`${second.written}\` ensemble`,
  }
  return [refusal(second.written, second.at, message)]
}

const headers = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-by',
  'forwarded',
]

function trustedHeaders(options: readonly ServerOption[]): string[] | undefined {
  const option = last(options, 'trusted_proxy_headers')
  if (option === undefined) return []
  return known(option.value?.parts)
    ?.toLowerCase()
    .split(/[\s,]+/)
    .filter((text) => text !== '')
}

function proxyProblems(options: readonly ServerOption[]): UsageProblem[] {
  const option = last(options, 'trusted_proxy_headers')
  if (option === undefined) return []
  if (last(options, 'trusted_proxy') === undefined) {
    const message = {
      en: `\`${option.written}\` of waitress needs \`--trusted-proxy\` beside it`,
      fr: `\`${option.written}\` de waitress exige \`--trusted-proxy\` à côté`,
    }
    return [refusal(option.written, option.at, message)]
  }
  const wrong = trustedHeaders(options)?.find((name) => !headers.includes(name))
  if (wrong === undefined) return []
  const list = headers.join(', ')
  const message = {
    en: `\`${option.written}\` of waitress takes some of ${list}, not \`${wrong}\``,
    fr: `\`${option.written}\` de waitress attend des noms parmi ${list}, pas \`${wrong}\``,
  }
  return [refusal(option.written, option.valueAt ?? option.at, message)]
}

/** Whether the application sees https: told so outright, or from a trusted router. */
function takesScheme(options: readonly ServerOption[]): boolean | undefined {
  if (known(last(options, 'url_scheme')?.value?.parts) === 'https') return true
  const proxy = last(options, 'trusted_proxy')
  if (proxy === undefined) return false
  const [trusted, taken] = [known(proxy.value?.parts), trustedHeaders(options)]
  if (trusted === undefined || taken === undefined) return undefined
  return trusted === '*' && (taken.length === 0 || taken.includes('x-forwarded-proto'))
}
