import type { Place } from '../../../contracts/place.ts'
import type { Text } from '../../../contracts/text.ts'
import { known, shown } from '../../../evaluate/shell/word.ts'
import type { BoundSocket, Effective, Server, ServerOption, UsageProblem } from '../model.ts'
import type { FactsAt } from './facts.ts'
import { fromFolder, type Invocation } from './invocation.ts'

/** A value that the server refuses when it starts, though its parser takes it. */
export function refusal(option: string, at: Place, message: Text): UsageProblem {
  return { kind: 'invalid-value', option, at, message, suggestion: undefined, versions: undefined }
}

/** What a server takes for the host of an address. */
export interface HostForm {
  /** The option that names it, for the message. */
  readonly option: string
  /** `[::]`. */
  readonly brackets: boolean
  /** Names that are looked up: `localhost`. */
  readonly names: boolean
  /** Nothing at all. */
  readonly empty: boolean
  /** Ports beyond 65535 are refused; uvloop takes their low 16 bits instead. */
  readonly ports: boolean
}

/** Hosts and ports that cannot be bound. Silent about `--bind 0.0.0.0:$PORT` alone, which is known as a swallowed port. */
export function addressProblems(server: string, sockets: readonly BoundSocket[], form: HostForm): UsageProblem[] {
  return sockets.flatMap((socket) => {
    const { host, port } = socket
    if (host === undefined || port === undefined) return []
    const number = Number(known(port.parts))
    if (form.ports && number > 65_535) {
      const message = {
        en: `no port goes beyond 65535: ${server} does not start on ${number}`,
        fr: `aucun port ne dépasse 65535 : ${server} ne démarre pas sur ${number}`,
      }
      return [refusal(form.option, port.at, message)]
    }
    const swallowed = port.source === 'default' && hasPort(host)
    if (host.source === 'default' || swallowed || canBeHost(host, form)) return []
    const text = shown(host.parts)
    const message = {
      en: `\`${form.option}\` of ${server} takes an address, not \`${text}\``,
      fr: `\`${form.option}\` de ${server} attend une adresse, pas \`${text}\``,
    }
    return [refusal(form.option, host.at, message)]
  })
}

function hasPort({ parts }: Effective): boolean {
  return parts?.some((part) => typeof part === 'object' && part.variable === 'PORT') === true
}

const v4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const v6 = /^[0-9a-f.]*:[0-9a-f:.]*:[0-9a-f.]*(?:%\w+)?$/i
const hostName = /^[a-z0-9_](?:[\w.-]*)$/i

function canBeHost({ parts }: Effective, form: HostForm): boolean {
  const texts = parts?.map((part) => (typeof part === 'string' ? part : part.chars === 'digits' ? '1' : undefined))
  if (texts === undefined || texts.some((text) => text === undefined)) return true
  const text = texts.join('').trim()
  const bare = form.brackets ? text.replace(/^\[(.*)\]$/, '$1') : text
  if (bare === '') return form.empty
  return v4.test(bare) || v6.test(bare) || bare === '*' || (form.names && hostName.test(bare))
}

/** A variable that the server itself turns into a number when it starts. */
export function numberVariable(server: string, variable: string, value: Effective): UsageProblem[] {
  const text = known(value.parts)
  if (text === undefined || value.source !== 'environment' || /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text)) return []
  const message = {
    en: `${server} takes \`${variable}\` for a whole number, and \`${text}\` is none (ValueError at the start)`,
    fr: `${server} prend \`${variable}\` pour un nombre entier, ce que \`${text}\` n’est pas (ValueError au démarrage)`,
  }
  return [refusal(variable, value.at, message)]
}

/** Files that must exist when the server starts, and are not in the tree. */
export function absentFiles(
  { app, step, name }: Invocation,
  facts: FactsAt,
  options: readonly ServerOption[],
): UsageProblem[] {
  return options.flatMap((option) => {
    const fact = facts.options.find(({ dest }) => dest === option.dest)
    const text = known(option.value?.parts)
    if (fact?.exists !== true || text === undefined || option.source === 'file') return []
    const path = fromFolder(step, text)
    return path === undefined || isCarried(app, path) ? [] : [absent(name, option, text)]
  })
}

/** `-c FILE` of gunicorn and hypercorn, when there is no such file. */
export function absentConfiguration({ app, step, name }: Invocation, options: readonly ServerOption[]): UsageProblem[] {
  const option = options.findLast(({ dest, source }) => dest === 'config' && source !== 'file')
  const text = known(option?.value?.parts)
  if (option === undefined || text === undefined || text.startsWith('python:')) return []
  const path = fromFolder(step, text.replace(/^file:/, ''))
  return path === undefined || isCarried(app, path) ? [] : [absent(name, option, text)]
}

/** Whether the dyno has a path: a file that git leaves behind stays on the author's machine. */
function isCarried({ tree, presence }: Invocation['app'], path: string): boolean {
  const kind = tree.kind(path)
  return kind === 'file' && presence !== undefined ? presence.isPresent(path) : kind !== undefined
}

/** A path an option names that is not in the repository. */
export function absent(server: string, { written, valueAt, at }: ServerOption, path: string): UsageProblem {
  return refusal(written, valueAt ?? at, {
    en: `\`${path}\` is not in the repository: ${server} does not start with this \`${written}\``,
    fr: `\`${path}\` n’est pas dans le dépôt : ${server} ne démarre pas avec ce \`${written}\``,
  })
}

/** A value that must be one of a few, which the parser does not check. */
export function oneOf(
  server: Server['name'],
  option: ServerOption | undefined,
  values: readonly string[],
  test: (text: string) => boolean = (text) => values.includes(text),
): UsageProblem[] {
  const text = known(option?.value?.parts)
  if (option === undefined || text === undefined || test(text)) return []
  const list = values.join(', ')
  const message = {
    en: `\`${option.written}\` of ${server} takes one of ${list}, not \`${text}\``,
    fr: `\`${option.written}\` de ${server} attend une valeur parmi ${list}, pas \`${text}\``,
  }
  return [refusal(option.written, option.valueAt ?? option.at, message)]
}
