import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { Call, Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { dottedName } from '../../syntax/python/names.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { importEdit } from '../project/imports.ts'
import { insertLast } from './list-edits.ts'
import { expressionAt, quoteAt, sourceText, usualQuote } from './source-text.ts'

/** The names by which browsers reach an app that has no domain of its own, with a leading dot as Django has it. */
const platform = '.herokuapp.com'

/** Edits that read the names from a config var, where the list is written out. */
export function hostsFromVariable(
  app: App,
  { at }: Value,
  otherwise = 'localhost,127.0.0.1',
): readonly Edit[] | undefined {
  const node = expressionAt(app.tree, at)
  // Whatever reads a variable already is somebody's own way.
  if (node?.kind !== 'List' || node.elts.some(({ kind }) => kind !== 'Constant')) return undefined
  const q = usualQuote(app.tree, at.file)
  const imported = importEdit(app, at.file, 'os')
  const read = `os.environ.get('ALLOWED_HOSTS', '${otherwise}').split(',')`.replaceAll("'", q)
  return [...(imported === undefined ? [] : [imported]), { ...at, text: read }]
}

/**
 * Edits that let an app answer on its own names where `*` lets in every one: on those of a config var, by default on the platform’s; or,
 * where another package’s call writes the star, on those that are written above it.
 */
export function hostsNamed(app: App, list: Value, star: Value): readonly Edit[] | undefined {
  const isAlone = itemsOf(list)?.length === 1
  if (isAlone && expressionAt(app.tree, list.at)?.kind === 'List')
    return hostsFromVariable(app, list, `${platform},localhost,127.0.0.1`)
  return herokuCallKeepsHosts(app, star.at)
}

/** `django_heroku.settings(locals())` leaves ALLOWED_HOSTS alone, where the same file sets it before. */
function herokuCallKeepsHosts(app: App, at: Place): readonly Edit[] | undefined {
  const call = expressionAt(app.tree, at)
  const last = call?.kind === 'Call' ? [...call.args, ...call.keywords.map(({ value }) => value)].at(-1) : undefined
  if (call?.kind !== 'Call' || last === undefined || call.keywords.some(({ arg }) => arg === 'allowed_hosts'))
    return undefined
  if (!/^django_(?:on_)?heroku\.settings$/.test(dottedName(call.func) ?? '')) return undefined
  const isSet = parseFile(app.tree, at.file)?.module.body.some(
    (one) => one.kind === 'Assign' && one.end < call.start && one.targets.some(isHosts),
  )
  if (isSet !== true) return undefined
  return [{ file: at.file, span: { start: last.end, end: last.end }, text: ', allowed_hosts=False' }]
}

const isHosts = (target: Expression): boolean => target.kind === 'Name' && target.id === 'ALLOWED_HOSTS'

/** Edits that take the blanks off each name, where a call makes the list of one text. */
export function hostsStripped(app: App, list: Value): readonly Edit[] | undefined {
  const call = expressionAt(app.tree, list.at)
  const text = sourceText(app.tree, list.at)
  if (call?.kind !== 'Call' || text === undefined || text.includes('\n')) return undefined
  if (call.func.kind !== 'Attribute' || !['split', 'list'].includes(call.func.attr)) return undefined
  return [{ ...list.at, text: `[host.strip() for host in ${text}]` }]
}

/** Edits by which the names that count while no config var is set have the platform’s beside them. */
export function platformByDefault(app: App, list: Value): readonly Edit[] | undefined {
  const call = expressionAt(app.tree, list.at)
  const given = call?.kind === 'Call' ? defaultOf(call) : undefined
  if (given === undefined) return undefined
  const at = { file: list.at.file, span: { start: given.start, end: given.end } }
  const text = literalText(given)
  const quote = quoteAt(app.tree, at)
  const names = (itemsOf(list) ?? []).map((item) => plain(item) ?? '')
  if (text !== undefined)
    return text.trim() === names.join(',') && text !== ''
      ? [{ ...at, text: `${quote}${text},${platform}${quote}` }]
      : undefined
  return given.kind === 'List' ? insertLast(app, { ...list, at }, platform) : undefined
}

/** The default of `os.getenv('X', 'a,b').split(',')`, or the one that a reader of the environment is given by name. */
function defaultOf(call: Call): Expression | undefined {
  const byName = call.keywords.find(({ arg }) => arg === 'default')?.value
  if (byName !== undefined) return byName
  const { func } = call
  const asked = func.kind === 'Attribute' && func.attr === 'split' ? func.value : undefined
  if (asked?.kind !== 'Call' || literalText(call.args[0]) !== ',') return undefined
  const name = dottedName(asked.func) ?? ''
  return /(?:^|\.)(?:getenv|environ\.get)$/.test(name) ? asked.args[1] : undefined
}

/** Edits by which Starlette’s list of hosts holds the platform’s names too. */
export function platformTrusted(app: App, hosts: Value): readonly Edit[] | undefined {
  return insertLast(app, hosts, `*${platform}`)
}
