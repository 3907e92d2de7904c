import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import type { Part } from '../../evaluate/parts.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { eachNode } from '../project/nodes.ts'
import { expressionAt } from '../settings/source-text.ts'
import { checksNames } from './layer-kinds.ts'
import { type MailName, mailName } from './mail-names.ts'
import type { LayerUseFault } from './message-faults.ts'
import type { LayerUse } from './model.ts'
import { leastLength } from './name-lengths.ts'
import { ownNames } from './own-names.ts'

const maxName = 100

/** A name of a group or channel that the layer refuses. */
export function nameFaults(app: App, use: LayerUse): LayerUseFault[] {
  const found = nameFault(app, use) ?? broughtLength(app, use) ?? mailFault(app, use)
  const when = found && checksNames(app, use.alias)
  if (found === undefined || when === undefined) return []
  return [{ ...found, use, when: found.mail?.when === undefined ? when : [...when, found.mail.when] }]
}

type Found = Omit<LayerUseFault, 'use' | 'when'> & { readonly mail?: MailName }

const named: ReadonlySet<LayerUse['kind']> = new Set(['group_add', 'group_discard', 'group_send', 'send'])

/** An address has an `@`. */
function mailFault(app: App, use: LayerUse): Found | undefined {
  const mail = named.has(use.kind) ? mailName(app, use) : undefined
  return mail && { kind: 'name', at: use.nameAt ?? use.at, detail: '@', edits: undefined, mail }
}

function nameFault(app: App, use: LayerUse): Found | undefined {
  const { name, nameAt, kind, method, at } = use
  // `specific.…!…`: no group may have a `!` in its name.
  if (use.ownChannel && kind.startsWith('group_') && namesChannel(app, use))
    return { kind: 'own-channel', at, detail: method, edits: undefined }
  if (name === undefined || nameAt === undefined || !named.has(kind)) return undefined
  const refused = kind === 'send' ? /[^A-Za-z0-9_.!-]/u : /[^A-Za-z0-9_.-]/u
  for (const part of name) {
    const char = typeof part === 'string' ? refused.exec(part)?.[0] : undefined
    if (char !== undefined)
      return { kind: 'name', at: nameAt, detail: char === ' ' ? 'space' : char, edits: spelt(app, nameAt, name, char) }
  }
  const written = name.reduce((length: number, part: Part) => length + (typeof part === 'string' ? part.length : 0), 0)
  return longName(nameAt, written)
}

/** What functions and fields bring into a name, hashes and UUIDs mostly. */
function broughtLength(app: App, use: LayerUse): Found | undefined {
  return use.nameAt !== undefined && named.has(use.kind) ? longName(use.nameAt, leastLength(app, use)) : undefined
}

function longName(nameAt: Place, known: number): Found | undefined {
  return known >= maxName ? { kind: 'long-name', at: nameAt, detail: String(known), edits: undefined } : undefined
}

/** Nothing but Channels gives the consumer its name. */
function namesChannel(app: App, { consumer, at }: LayerUse): boolean {
  return (
    consumer !== undefined && !ownNames(app).some((one) => one.at.file === at.file && one.attribute === 'channel_name')
  )
}

/**
 * The character as `_` in the texts that a name is put together of: of what is given, or of the only assignment to what is given.
 * Undefined where some of them stand elsewhere, or are not written as they read.
 */
function spelt(app: App, at: Place, name: readonly Part[], char: string): readonly Edit[] | undefined {
  const { file } = at
  const source = parseFile(app.tree, file)
  const text = source?.text ?? ''
  const given = text.slice(at.span.start, at.span.end)
  const values: Expression[] = []
  eachNode(source?.module.body, (node) => {
    const [target] = node.kind === 'Assign' ? node.targets : []
    if (node.kind === 'Assign' && target !== undefined && text.slice(target.start, target.end) === given)
      values.push(node.value)
    return true
  })
  const written = expressionAt(app.tree, at)
  if (written !== undefined && written.kind !== 'Name' && written.kind !== 'Attribute') values.push(written)
  const [value, ...others] = values
  if (value === undefined || others.length > 0) return undefined
  const edits = textsOf(value).flatMap(({ start, end }) => {
    const found: Edit[] = []
    for (let at = text.indexOf(char, start); at >= 0 && at < end; at = text.indexOf(char, at + 1))
      found.push({ file, span: { start: at, end: at + char.length }, text: '_' })
    return found
  })
  const all = name.reduce((count, part) => count + (typeof part === 'string' ? part.split(char).length - 1 : 0), 0)
  return edits.length === all ? edits : undefined

  /** The pieces of source that stand in the name as they are written. */
  function textsOf(node: Expression): { start: number; end: number }[] {
    if (node.kind === 'BinOp' && node.op === '+') return [...textsOf(node.left), ...textsOf(node.right)]
    if (node.kind === 'BinOp' && node.op === '%') return textsOf(node.left)
    if (node.kind === 'JoinedStr') return node.values.flatMap((one) => (one.kind === 'Constant' ? textsOf(one) : []))
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'format')
      return textsOf(node.func.value).flatMap(betweenFields)
    if (node.kind !== 'Constant' || node.value.type !== 'str') return []
    const { start, end } = node
    const literal = text.slice(start, end)
    // Within an f-string a piece has no quotes of its own.
    if (literal === node.value.value) return [{ start, end }]
    const opening = /^[urUR]?('''|"""|'|")/.exec(literal)
    const [before, quote] = [opening?.[0].length ?? 0, opening?.[1]?.length ?? 0]
    return literal.slice(before, literal.length - quote) === node.value.value
      ? [{ start: start + before, end: end - quote }]
      : []
  }

  function betweenFields({ start, end }: { start: number; end: number }): { start: number; end: number }[] {
    let next = start
    return text
      .slice(start, end)
      .split(/(\{[^{}]*\})/)
      .flatMap((piece) => {
        next += piece.length
        return piece.startsWith('{') ? [] : [{ start: next - piece.length, end: next }]
      })
  }
}
