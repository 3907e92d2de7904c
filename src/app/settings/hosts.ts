import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey, samePlace } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { display, itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { isHostedElsewhere, isPrivateHost } from '../../knowledge/hosts.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import type { AppNode } from '../asgi/model.ts'
import { hostsFromVariable, hostsNamed, hostsStripped, platformByDefault } from './host-edits.ts'
import { placeOf, within, writtenBy } from './redis-client.ts'
import { anchorOf, judged, mustBeKnown, usualSettings } from './setting-verdict.ts'
import { expressionAt, quoteAt, usualQuote } from './source-text.ts'

/** Something wrong with ALLOWED_HOSTS. */
export interface HostFault {
  /** `letters`: a text made into a list letter by letter. `joined`: several names in one entry. `wildcard`: one with a star in it. */
  readonly kind: 'string' | 'letters' | 'empty' | 'local' | 'entry' | 'joined' | 'wildcard' | 'star'
  readonly at: Place
  readonly when: readonly Condition[]
  /** The entry as written, and the bare host name in it. */
  readonly host: string
  readonly meant: string
  /** All entries, for messages. */
  readonly hosts: string
  /** AllowedHostsOriginValidator in the served application. */
  readonly validator: Place | undefined
  readonly edits: readonly Edit[] | undefined
  /** Another way: the app answers on the platform’s names too. */
  readonly otherEdits?: readonly Edit[] | undefined
  /** Another entry lets browsers in: the app answers, though not on what this entry means. */
  readonly idle?: boolean
  /** So it is, and what this one means is this machine, or stands beside it: nothing breaks on a dyno. */
  readonly harmless?: boolean
}

type Fault = Omit<HostFault, 'when'>

/** Everything wrong with ALLOWED_HOSTS on the dyno. */
export function hostFaults(app: App): HostFault[] {
  const { settings } = app
  const faults: HostFault[] = []
  const none = { host: '', meant: '', hosts: '', validator: undefined, edits: undefined }
  if (settings.isAbsent('ALLOWED_HOSTS')) {
    const at = settings.sure ? anchorOf(settings, ['DEBUG', ...usualSettings]) : undefined
    return at === undefined ? [] : [{ ...none, kind: 'empty', at, when: [] }]
  }
  mustBeKnown(settings, 'ALLOWED_HOSTS', letsIn)
  const others = settings.get('ALLOWED_HOSTS')?.alternatives.find(namesOthersOnly)
  if (others !== undefined) app.inquiry.cannotTell({ ...onlyOthers, at: placeOf(app.tree, others) })
  const whole = judged(settings, 'ALLOWED_HOSTS', (one) => wholeFault(app, one) !== undefined)
  if (whole !== undefined) {
    const fault = wholeFault(app, whole.first)
    // Under a condition other names may count: what is written is then more than a slip.
    const several = (settings.get('ALLOWED_HOSTS')?.alternatives.length ?? 0) > 1
    const edits = several && fault?.kind !== 'string' ? undefined : fault?.edits
    if (fault !== undefined) faults.push({ ...fault, edits, when: whole.when })
  }
  const seen = new Set<string>()
  for (const alternative of settings.get('ALLOWED_HOSTS')?.alternatives ?? []) {
    for (const fault of entryFaults(app, alternative)) {
      const key = `${fault.kind} ${placeKey(fault.at)} ${fault.host}`
      if (seen.has(key)) continue
      seen.add(key)
      const found = judged(settings, 'ALLOWED_HOSTS', (one) =>
        entryFaults(app, one).some((other) => sameFault(fault, other)),
      )
      if (found !== undefined) faults.push({ ...fault, when: found.when })
    }
  }
  return faults
}

const onlyOthers = {
  what: { en: 'ALLOWED_HOSTS', fr: 'ALLOWED_HOSTS' },
  why: {
    en: 'it names hosts of other platforms only, and not the one that `heroku domains` shows',
    fr: 'on n’y trouve que des hôtes d’autres plateformes, et pas celui que donne `heroku domains`',
  },
}

function sameFault(a: Fault, b: Fault): boolean {
  return a.kind === b.kind && a.host === b.host && samePlace(a.at, b.at)
}

/** What makes the whole value refuse every request. */
function wholeFault(app: App, { value, at: assignment }: Alternative): Fault | undefined {
  const at = placeOf(app.tree, { value, at: assignment })
  const none = { at, host: '', meant: '', hosts: '', validator: undefined, edits: undefined }
  if (value.type === 'str') return { ...none, kind: 'string', edits: listEdit(app, value, assignment) }
  const items = itemsOf(value)
  if (items === undefined || (value as { rest?: unknown }).rest !== undefined) return undefined
  if (items.length === 0) return { ...none, kind: 'empty', edits: hostsFromVariable(app, value) }
  if (areLetters(items)) return { ...none, kind: 'letters' }
  const slips = items.map((item) => plain(item) ?? '')
  if (!items.every(matchesNobody) || slips.some((text) => isJoined(text) || notAHost(text) !== undefined))
    return undefined
  return {
    ...none,
    kind: 'local',
    hosts: items.map(shown).join(', '),
    edits: hostsFromVariable(app, value),
    otherEdits: platformByDefault(app, value),
  }
}

/** `list('app.example.com')`, `cast=list`: no host name has a single letter, and no list has so many of them. */
function areLetters(items: readonly Value[]): boolean {
  return items.length > 3 && items.every((item) => /^[^*]$/su.test(plain(item) ?? ''))
}

/** One entry by which a browser reaches the app is enough. */
function letsIn(value: Value): boolean {
  return itemsOf(value)?.some((item) => item.type === 'str' && !matchesNobody(item)) === true
}

/** Surely no host name by which a browser reaches a dyno. */
function matchesNobody(value: Value): boolean {
  if (value.type === 'none' || isOwnAddress(value)) return true
  const text = plain(value)
  if (text === undefined) return false
  return text.trim() === '' || isNoDomain(text) || isJoined(text) || notAHost(text) !== undefined
}

/** Names of other platforms alone, and what matches nobody: whether a dyno's own name is forgotten nobody can tell, as no file says it. */
function namesOthersOnly({ value }: Alternative): boolean {
  const items = itemsOf(value) ?? []
  return items.some(isElsewhere) && items.every((item) => isElsewhere(item) || matchesNobody(item))
}

const isElsewhere = (item: Value): boolean => isHostedElsewhere((plain(item) ?? '').replace(/^\./, ''))

/** Whether an entry lets in all that another one means (`is_same_domain` of Django); of `*` that is no excuse for a slip. */
function covers(entry: string, meant: string): boolean {
  const [own, other] = [entry.toLowerCase(), meant.toLowerCase()]
  if (own === other) return true
  return own.startsWith('.') && (own.slice(1) === other || other.endsWith(own))
}

/** `socket.gethostbyname(socket.gethostname())`: the dyno's address in Heroku's network, which only the router asks. */
const isOwnAddress = (value: Value): boolean => {
  const [only, ...others] = value.type === 'str' ? value.parts : []
  return typeof only === 'object' && only.own === 'dyno' && others.length === 0
}

/** Several names in one entry: split at another sign than the one between them. No Host holds either (`host_validation_re` of Django). */
const isJoined = (text: string): boolean => /[^\s,;][\s,;]+[^\s,;]/u.test(text)

/** A name that no browser has in its address bar when it reaches a dyno; Django's test client has `testserver`. */
const isNoDomain = (text: string): boolean => isPrivateHost(text.trim().replace(/^\./, ''))

function shown(value: Value): string {
  return value.type === 'str' ? `"${display(value)}"` : value.type === 'none' ? 'None' : '…'
}

/** The bare host name when a text holds a scheme, a port or a path besides. */
function notAHost(text: string): string | undefined {
  if (text === '*' || text.startsWith('[') || isNoDomain(text)) return undefined
  // `*` alone is one; elsewhere it is a character that no Host has.
  const bare = withoutStar(text)
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/:\d*$/, '')
    .trim()
  return bare === text ? undefined : bare
}

/** `*.example.com` as Django has it: `.example.com`. */
function withoutStar(text: string): string {
  return text.replace(/^.*\*\.?/s, '.')
}

function entryFaults(app: App, { value, at: assignment }: Alternative): Fault[] {
  const validator = validatorOf(app)
  const items = itemsOf(value) ?? []
  if (areLetters(items)) return []
  const names = items.map((item) => plain(item) ?? '')
  const idle = items.some((item) => item.type === 'str' && !matchesNobody(item) && !isElsewhere(item))
  return items.flatMap((item): Fault[] => {
    const text = plain(item)
    if (text === undefined) return []
    const at = itemPlace(app, item, value, assignment)
    const base = { at, host: text, hosts: '', validator: undefined, edits: undefined }
    if (text === '*') {
      return validator === undefined
        ? []
        : [{ ...base, kind: 'star', meant: '', validator, edits: hostsNamed(app, value, item) }]
    }
    if (isJoined(text)) return [{ ...base, kind: 'joined', meant: '', idle, edits: apart(app, item, value, text) }]
    const meant = notAHost(text)
    if (meant === undefined || meant === '') return []
    const node = expressionAt(app.tree, item.at)
    const written = literalText(node) === text
    const quote = quoteAt(app.tree, item.at)
    const stripped = meant === text.trim() ? hostsStripped(app, value) : undefined
    const edits = written ? [{ ...item.at, text: `${quote}${meant}${quote}` }] : stripped
    const kind = text.includes('*') ? 'wildcard' : 'entry'
    const harmless = (letsIn(value) && isNoDomain(meant)) || names.some((name) => covers(name, meant))
    return [{ ...base, kind, meant, edits, idle, harmless }]
  })
}

/** The names of one entry as entries: written out, or by the sign at which the code splits the text that holds them. */
function apart(app: App, item: Value, list: Value, text: string): readonly Edit[] | undefined {
  const node = expressionAt(app.tree, item.at)
  if (literalText(node) === text) {
    const quote = quoteAt(app.tree, item.at)
    // What else stands there, an address of mail among the names, is no name of a host.
    const names = text.split(/[\s,;]+/u).filter((name) => /^[\w.*:[\]-]+$/u.test(name))
    if (names.length === 0) return undefined
    return [{ ...item.at, text: names.map((name) => `${quote}${name}${quote}`).join(', ') }]
  }
  const call = expressionAt(app.tree, list.at)
  const isSplit = call?.kind === 'Call' && call.func.kind === 'Attribute' && call.func.attr === 'split'
  // Names that blanks and commas divide have to be stripped besides.
  if (!isSplit || call.keywords.length > 0 || itemsOf(list)?.length !== 1 || !/^[^\s;]+$/u.test(text)) return undefined
  const quote = usualQuote(app.tree, list.at.file)
  return [{ file: list.at.file, span: { start: call.func.end, end: call.end }, text: `(${quote},${quote})` }]
}

function itemPlace(app: App, item: Value, list: Value, assignment: Place): Place {
  if (writtenBy(item.at, assignment) || within(item.at, list.at)) return item.at
  return item.at.file === assignment.file ? item.at : placeOf(app.tree, { value: list, at: assignment })
}

/** `ALLOWED_HOSTS = 'a.example.com, b'` or `= os.environ[…]`: what makes it a list. */
function listEdit(app: App, value: Value, assignment: Place): readonly Edit[] | undefined {
  if (!writtenBy(value.at, assignment)) return undefined
  const node = expressionAt(app.tree, value.at)
  const quote = quoteAt(app.tree, value.at)
  if (node?.kind === 'Constant' && node.value.type === 'str') {
    const names = node.value.value.split(/[\s,]+/).filter((name) => name !== '')
    return [{ ...value.at, text: `[${names.map((name) => `${quote}${name}${quote}`).join(', ')}]` }]
  }
  if (node?.kind !== 'Call' && node?.kind !== 'Subscript') return undefined
  const end = { start: value.at.span.end, end: value.at.span.end }
  return [{ file: value.at.file, span: end, text: ".split(',')" }]
}

/** Where the served application takes its origins from ALLOWED_HOSTS. */
function validatorOf(app: App): Place | undefined {
  for (const { root } of app.asgi.application) {
    const at = validatorIn(root, 0)
    if (at !== undefined) return at
  }
  return undefined
}

function validatorIn(node: AppNode, depth: number): Place | undefined {
  if (depth > 30) return undefined
  if (node.kind === 'wrapper') {
    return node.path.endsWith('AllowedHostsOriginValidator') ? node.at : validatorIn(node.inner, depth + 1)
  }
  if (node.kind !== 'protocols') return undefined
  return node.entries.map(({ app }) => validatorIn(app, depth + 1)).find((at) => at !== undefined)
}
