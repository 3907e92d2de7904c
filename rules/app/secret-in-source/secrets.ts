import type { App } from '../../../src/app/app.ts'
import { committedEnvFiles } from '../../../src/app/settings/env-files.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { type Judged, judged } from '../../../src/app/settings/setting-verdict.ts'
import { type Place, sameSpan } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Value } from '../../../src/evaluate/python/value.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { join, readText } from '../../../src/files/tree.ts'
import { isPrivateHost } from '../../../src/knowledge/hosts.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { otherSettings } from './other-settings.ts'

/** A secret in a file of the repository. Its value is never kept. */
export interface Secret {
  readonly kind: 'url' | 'key' | 'literal'
  readonly at: Place
  /** The URL's scheme and host, or the setting's name. */
  readonly name: string
  /** What must be so for the dyno to use it; nothing where it is left out. */
  readonly when?: readonly (Condition | Text)[]
}

/** Settings that raise are read as far as they come: what stands below is not, and might have replaced a value. */
const unreached: Text = {
  en: 'the settings, which raise before their end, do not replace it below',
  fr: 'les settings, qui lèvent une exception avant leur fin, ne le remplacent pas plus bas',
}

const credentials = /\b([a-z][a-z0-9+.-]*):\/\/([^\s:/@"'`<>{}$]*):([^\s/@"'`]+)@([\w.-]+)/gi
const privateKey = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=\\]{20,}/g
const placeholder =
  /^(?:pass(?:word|wd)?|pwd|secret|change[-_ ]?me|postgres|root|admin|user(?:name)?|redis|guest|example|test|demo|dummy|none|null|token|my\w*|your\w*|x{3,}|\*+|\.+|…|foo|bar|p@ss\w*|1234?5?6?7?8?)$/i

/** URLs with a password and private keys in the files Heroku gets, in the order of files. */
export function writtenSecrets(app: App): Secret[] {
  return candidateFiles(app).flatMap((path) => {
    const text = readText(app.tree, path)?.text
    return text === undefined || text.length > 500_000 ? [] : inText(path, text)
  })
}

function candidateFiles(app: App): string[] {
  const { processes, manifest, dependencies, settings } = app
  const scripts = processes.all.flatMap(({ steps }) => steps.map(({ at }) => at.file))
  const files = [
    processes.file,
    ...scripts,
    manifest.appJson?.file,
    manifest.herokuYml?.file,
    ...(settings.evaluation?.files ?? []),
    ...dependencies.files.map(({ path }) => path),
    ...committedEnvFiles(app),
  ]
  const named = files.filter((path): path is string => path !== undefined && join(path) !== undefined)
  return [...new Set(named)].filter((path) => !isKeptOut(app, path))
}

/** A file that git ignores keeps its secrets on this machine. One that is only not added yet does not. */
function isKeptOut({ presence }: App, path: string): boolean {
  return presence.why(path) === 'ignored'
}

function inText(file: string, text: string): Secret[] {
  const found: Secret[] = []
  for (const match of text.matchAll(credentials)) {
    const [whole, scheme = '', , password = '', host = ''] = match
    if (isPlaceholder(password) || filledIn.test(password) || isLocal(host) || isComment(text, match.index)) continue
    found.push({
      kind: 'url',
      at: { file, span: { start: match.index, end: match.index + whole.length } },
      name: `${scheme}://…@${host}`,
    })
  }
  for (const match of text.matchAll(privateKey)) {
    found.push({
      kind: 'key',
      at: { file, span: { start: match.index, end: match.index + match[0].indexOf('\n') } },
      name: '',
    })
  }
  return found.sort((a, b) => a.at.span.start - b.at.span.start)
}

/**
 * What a template engine, a shell or a formatter replaces: `${X}`, `$X`, `{x}`, `{{ x }}`, `{% x %}`, `<x>`, `%(x)s`, `%s`.
 * One of their characters alone says nothing: most keys that Django makes hold a `$`, a `%` or a bracket.
 */
const template =
  /^(?:\$\{[^{}]*\}|\$[A-Za-z_]\w*|\$\(.*\)|\{\{.*\}\}|\{%.*%\}|\{[^{}]*\}|<[^<>]*>|%\(\w+\)s|%[sdr]|%\w+%)+$/
/** A replacement inside written text: an f-string, a template literal, a shell word, Swift’s `\(x)`. */
const filledIn = /\$\{[^{}]*\}|\{\{.*\}\}|\{[A-Za-z_][\w.()[\]!]*\}|%\(\w+\)s|\\\(/

/** Text that something else replaces, or that stands in every tutorial. */
function isPlaceholder(password: string): boolean {
  return placeholder.test(password) || template.test(password) || /^\W+$/.test(password)
}

/** A host nobody reaches from outside: this machine, a container's one-label name, an example. */
function isLocal(host: string): boolean {
  return isPrivateHost(host) || /(?:^|\.)example(?:\.(?:com|org|net))?$/i.test(host)
}

function isComment(text: string, index: number): boolean {
  const start = text.lastIndexOf('\n', index - 1) + 1
  return /^\s*(?:#|\/\/)/.test(text.slice(start, index))
}

const secretName = /^(?:SECRET_KEY|\w+_(?:PASSWORD|TOKEN|API_KEY|SECRET|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY))$/

/** Settings whose literal value is what the dyno uses, under a name that says it is a secret, whichever settings it reads. */
export function literalSecrets(app: App): Secret[] {
  const own = literalsIn(app, app.settings)
  if (own.length === 0) return own
  let others: Secret[][] = []
  // What is not known of settings that nobody need choose makes no question of these.
  app.inquiry.during(() => {
    others = otherSettings(app).map((other) => literalsIn(app, other))
  })
  return own.filter(({ name }) => others.every((theirs) => theirs.some((one) => one.name === name)))
}

function literalsIn(app: App, settings: SettingsModel): Secret[] {
  if (!settings.sure) return []
  const names = settings.evaluation?.names() ?? []
  const below = settings.evaluation?.certainCrash === undefined ? [] : [unreached]
  const direct = names
    .filter((name) => secretName.test(name))
    .flatMap((name): Secret[] => {
      const found = judged(settings, name, ({ value }) => isSecretLiteral(name, value) && standsInSource(app, value))
      if (found === undefined || (found.when.length > 0 && !isReplacedLater(app, name, found))) return []
      return [{ kind: 'literal', at: found.first.value.at, name, when: [...found.when, ...below] }]
    })
  const database = judged(settings, 'DATABASES', ({ value }) => {
    const password = databasePassword(value)
    return password !== undefined && standsInSource(app, password)
  })
  const password =
    database === undefined || database.when.length > 0 ? undefined : databasePassword(database.first.value)
  return password === undefined
    ? direct
    : [...direct, { kind: 'literal', at: password.at, name: "DATABASES['default']['PASSWORD']", when: below }]
}

/**
 * Whether a statement writes the text and nothing else, and something below takes its place when a config var is set, as
 * `django_heroku.settings()` does it. A default of one assignment, which the dyno need not use, is none.
 */
function isReplacedLater(app: App, name: string, { first: { value }, when }: Judged): boolean {
  const { file, span } = value.at
  return (
    when.every(({ holds, id }) => !holds && id.endsWith(':set')) &&
    parseFile(app.tree, file)?.module.body.some(
      (one) =>
        one.kind === 'Assign' &&
        sameSpan(one.value, span) &&
        one.targets.some((target) => target.kind === 'Name' && target.id === name),
    ) === true
  )
}

/** What an environment variable holds is evaluated too, but its text stands nowhere in the source. */
function standsInSource(app: App, value: Value): boolean {
  const { file, span } = value.at
  const text = plain(value)
  if (isKeptOut(app, file)) return false
  return text !== undefined && readText(app.tree, file)?.text.slice(span.start, span.end).includes(text) === true
}

/** A cookie or a field that is called like the setting, a choice, the pattern of an address: what such a setting may hold besides a secret. */
function isNoSecret(name: string, text: string): boolean {
  const own = new Set(name.toLowerCase().split('_'))
  const words = text.toLowerCase().split(/[\s_-]+/)
  return (
    filledIn.test(text) ||
    /^(?:optional|required|mandatory|enabled|disabled|default|header|cookie|bearer)$/i.test(text) ||
    text.toLowerCase() === [...own].join('') ||
    words.every((word) => own.has(word))
  )
}

function isSecretLiteral(name: string, value: Value): boolean {
  const text = plain(value)
  return (
    text !== undefined &&
    text.length >= 6 &&
    !isPlaceholder(text) &&
    (name === 'SECRET_KEY' || !isNoSecret(name, text)) &&
    !/^(?:https?:\/\/|\/|[a-z_]+(?:\.[a-z_]+)+$)/i.test(text)
  )
}

function databasePassword(value: Value): Value | undefined {
  const entry = (dict: Value | undefined, key: string) =>
    dict?.type === 'dict' ? dict.entries.findLast((one) => plain(one.key) === key)?.value : undefined
  const database = entry(value, 'default')
  const host = plain(entry(database, 'HOST'))
  const password = entry(database, 'PASSWORD')
  if (password === undefined || host === undefined || host === '' || isLocal(host)) return undefined
  const text = plain(password)
  return text !== undefined && text !== '' && !isPlaceholder(text) && itemsOf(password) === undefined
    ? password
    : undefined
}
