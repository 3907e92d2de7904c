import type { Place, Span } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { SourceFile } from '../files/tree.ts'
import { at, type DataNode, entriesOf, insideQuotes, itemsOf, textOf } from '../syntax/data.ts'
import { parseJson } from '../syntax/json/json.ts'
import type { AttachedAddon, RunningDynos, Snapshot } from './model.ts'
import { addonOf, configOf, dynosOf } from './output.ts'
import type { SnapshotFault } from './read.ts'

/** Which command's output a file holds. */
export type RawKind = 'config' | 'addons' | 'ps'

/** The facts of a file, and the file as the rest of the tool may see it: every text in it is a shape or gone. */
export interface RawFacts {
  readonly snapshot: Snapshot
  readonly masked: SourceFile
}

/**
 * Reads the raw output of `heroku config --json`, `heroku addons --json` or `heroku ps --json`. Values are turned into
 * shapes at once: what is returned holds none of them.
 * @param domains the app's own domain names, where another source knows them
 */
export function readRaw(kind: RawKind, file: SourceFile, domains: readonly string[]): RawFacts | SnapshotFault {
  const { root, problems } = parseJson(file.text)
  if (problems.length > 0 || root === undefined) return { message: unexpected(kind) }
  const replacements: Replacement[] = []
  const facts = factsOf(kind, root, domains, replacements)
  if (facts === undefined) return { message: unexpected(kind) }
  mask(root, replacements)
  const text = replaced(file.text, replacements)
  const masked: SourceFile = {
    ...file,
    text,
    encoding: 'utf-8',
    bom: false,
    bytes: new TextEncoder().encode(text),
    problems: [],
  }
  return { snapshot: located(kind, masked, facts), masked }
}

const commands: Readonly<Record<RawKind, string>> = {
  config: 'heroku config --json',
  addons: 'heroku addons --json',
  ps: 'heroku ps --json',
}

function unexpected(kind: RawKind): Text {
  return {
    en: `it is not what \`${commands[kind]}\` prints`,
    fr: `ce n’est pas ce qu’écrit \`${commands[kind]}\``,
  }
}

interface Replacement {
  readonly span: Span
  readonly text: string
}

interface Facts {
  readonly config?: ReturnType<typeof configOf>
  readonly addons?: readonly { readonly index: number; readonly addon: NonNullable<ReturnType<typeof addonOf>> }[]
  readonly dynos?: ReturnType<typeof dynosOf>
}

function factsOf(
  kind: RawKind,
  root: DataNode,
  domains: readonly string[],
  replacements: Replacement[],
): Facts | undefined {
  if (kind === 'config') {
    const config = configOf(root, domains)
    if (config === undefined) return undefined
    for (const [name, { value }] of entriesOf(root)) {
      replacements.push({ span: value.span, text: JSON.stringify(config[name] ?? 'secret') })
    }
    return { config }
  }
  if (root.kind !== 'list' || root.items.some((item) => item.kind !== 'table')) return undefined
  if (kind === 'ps') {
    const dynos = dynosOf(root)
    return dynos === undefined ? undefined : { dynos }
  }
  const addons = root.items.flatMap((node, index) => {
    const addon = addonOf(node, undefined)
    if (addon === undefined) return []
    const plan = at(node, 'plan', 'name')
    if (plan !== undefined) {
      const text = addon.plan === undefined ? addon.service : `${addon.service}:${addon.plan}`
      replacements.push({ span: plan.span, text: JSON.stringify(text) })
    }
    return [{ index, addon }]
  })
  return { addons }
}

/** Every text that no replacement covers yet becomes an ellipsis. */
function mask(node: DataNode, replacements: Replacement[]): void {
  const done = new Set(replacements.map(({ span }) => span.start))
  const visit = (one: DataNode): void => {
    if (one.kind === 'table') for (const { value } of one.entries.values()) visit(value)
    else if (one.kind === 'list') one.items.forEach(visit)
    else if (one.kind !== 'boolean' && !done.has(one.span.start)) replacements.push({ span: one.span, text: '"…"' })
  }
  visit(node)
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  let out = ''
  let done = 0
  for (const { span, text: instead } of [...replacements].sort((a, b) => a.span.start - b.span.start)) {
    if (span.start < done) continue
    out += keysOnly(text.slice(done, span.start)) + instead
    done = span.end
  }
  return out + keysOnly(text.slice(done))
}

/** Of a repeated key only the last value is in the tree: the others are masked here. */
function keysOnly(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/gs, (token, colon) => (colon === undefined ? '"…"' : token))
}

const nothing = {
  app: undefined,
  stack: undefined,
  buildpacks: undefined,
  domains: undefined,
  addons: undefined,
  dynos: undefined,
  dynosAt: undefined,
  config: undefined,
}

/** The facts with their places in the masked text. */
function located(kind: RawKind, masked: SourceFile, facts: Facts): Snapshot {
  const root = parseJson(masked.text).root
  const file = masked.path
  const start: Place = { file, span: { start: root?.span.start ?? 0, end: (root?.span.start ?? 0) + 1 } }
  if (kind === 'config') {
    const config = entriesOf(root).map(
      ([name, { key, value }]) =>
        [name, { shape: textOf(value) ?? 'secret', at: { file, span: insideQuotes(key) } }] as const,
    )
    return { ...nothing, file, config: new Map(config.filter(([name]) => facts.config?.[name] !== undefined)) }
  }
  if (kind === 'ps') {
    const dynos = facts.dynos?.map((one): RunningDynos => ({ ...one, size: one.size, at: start }))
    return { ...nothing, file, dynos, dynosAt: start }
  }
  const addons = facts.addons?.map(({ index, addon }): AttachedAddon => {
    const plan = at(itemsOf(root)[index], 'plan', 'name')
    const inside = plan && insideQuotes(plan.span)
    const skip = addon.plan === undefined ? 0 : addon.service.length + 1
    const place = inside && { file, span: { start: inside.start + skip, end: inside.end } }
    return { ...addon, plan: addon.plan, at: place ?? start }
  })
  return { ...nothing, file, addons }
}
