import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { SourceFile } from '../../files/tree.ts'
import {
  at,
  contentOf,
  type DataNode,
  entriesOf,
  insideQuotes,
  itemsOf,
  textOf,
  type Written,
  writtenIn,
} from '../../syntax/data.ts'
import { parseJson } from '../../syntax/json/json.ts'
import type { Addon, AppJson, EnvEntry, Formation, ManifestProblem } from './model.ts'

/** Stack names Heroku knows or knew. */
export const stacks = [
  'cedar-14',
  'heroku-16',
  'heroku-18',
  'heroku-20',
  'heroku-22',
  'heroku-24',
  'heroku-26',
  'container',
  'cnb',
]

/** Reads app.json and checks it against what Heroku documents. */
export function readAppJson(file: SourceFile): { appJson: AppJson; problems: readonly ManifestProblem[] } {
  const { root, problems: syntax } = parseJson(file.text)
  // What follows a mistake is mostly its consequence.
  const problems: ManifestProblem[] = syntax
    .slice(0, 1)
    .map(({ span, message }) => ({ kind: 'syntax', at: { file: file.path, span }, message }))
  const check: Check = (node, message) => problems.push({ kind: 'schema', at: placeOf(file.path, node), message })
  if (root !== undefined && root.kind !== 'table') check(root, expected('app.json', 'object'))
  const addons = at(root, 'addons')
  const appJson: AppJson = {
    file: file.path,
    addons: addons === undefined ? undefined : readAddons(file.path, addons, check),
    addonsAt: addons === undefined ? undefined : placeOf(file.path, addons),
    env: readEnv(file.path, at(root, 'env'), check),
    formation: readFormation(file.path, at(root, 'formation'), check),
    buildpacks: readBuildpacks(file.path, at(root, 'buildpacks'), check),
    stack: readStack(file.path, at(root, 'stack'), check),
    scripts: readScripts(file.path, at(root, 'scripts'), check),
  }
  return { appJson, problems }
}

const placeOf = (file: string, node: DataNode): Place => ({ file, span: contentOf(node) })

type Check = (node: DataNode, message: Text) => void

const kinds: Record<string, Text> = {
  object: { en: 'an object', fr: 'un objet' },
  array: { en: 'a list', fr: 'une liste' },
  string: { en: 'a text', fr: 'un texte' },
  integer: { en: 'a whole number, 0 or more', fr: 'un entier positif ou nul' },
}

function expected(what: string, kind: 'object' | 'array' | 'string' | 'integer'): Text {
  const type = kinds[kind] as Text
  return { en: `\`${what}\` must be ${type.en}`, fr: `\`${what}\` doit être ${type.fr}` }
}

function isObject(node: DataNode | undefined, what: string, check: Check): node is DataNode {
  if (node === undefined) return false
  if (node.kind !== 'table') check(node, expected(what, 'object'))
  return node.kind === 'table'
}

function isList(node: DataNode | undefined, what: string, check: Check): node is DataNode {
  if (node === undefined) return false
  if (node.kind !== 'list') check(node, expected(what, 'array'))
  return node.kind === 'list'
}

function readAddons(file: string, node: DataNode, check: Check): Addon[] {
  if (!isList(node, 'addons', check)) return []
  return itemsOf(node).flatMap((item) => {
    const named = writtenIn(file, item)
    if (named !== undefined) return [addonFrom(named, undefined)]
    const plan = at(item, 'plan')
    const text = writtenIn(file, plan)
    if (text === undefined) {
      check(plan ?? item, {
        en: 'an add-on is a text "service:plan" or an object with `plan`',
        fr: 'un add-on est un texte « service:plan » ou un objet avec `plan`',
      })
      return []
    }
    return [addonFrom(text, writtenIn(file, at(item, 'as'))?.text)]
  })
}

/** `heroku-redis:mini` with its places. */
export function addonFrom(plan: Written, as: string | undefined): Addon {
  const colon = plan.text.indexOf(':')
  const service = colon === -1 ? plan.text : plan.text.slice(0, colon)
  const written = colon === -1 ? undefined : plan.text.slice(colon + 1)
  const { file, span } = plan.at
  const planAt = written === undefined ? undefined : { file, span: { start: span.start + colon + 1, end: span.end } }
  return { service: service.trim(), plan: written?.trim(), as, at: plan.at, planAt }
}

function readEnv(file: string, node: DataNode | undefined, check: Check): EnvEntry[] {
  if (!isObject(node, 'env', check)) return []
  return entriesOf(node).flatMap(([name, { key, value }]) => {
    const base = { name, at: { file, span: insideQuotes(key) } }
    if (value.kind === 'text')
      return [{ ...base, value: value.text, required: true, generated: false, valueAt: placeOf(file, value) }]
    if (value.kind !== 'table') {
      check(value, {
        en: `\`env.${name}\` must be a text or an object with \`value\``,
        fr: `\`env.${name}\` doit être un texte ou un objet avec \`value\``,
      })
      return []
    }
    const text = at(value, 'value')
    const required = at(value, 'required')
    if (text !== undefined && text.kind !== 'text') check(text, expected(`env.${name}.value`, 'string'))
    return [
      {
        ...base,
        value: textOf(text),
        required: !(required?.kind === 'boolean' && !required.value),
        generated: at(value, 'generator') !== undefined,
        valueAt: text === undefined ? undefined : placeOf(file, text),
      },
    ]
  })
}

function readFormation(file: string, node: DataNode | undefined, check: Check): Formation[] {
  if (!isObject(node, 'formation', check)) return []
  return entriesOf(node).flatMap(([type, { key, value }]) => {
    if (!isObject(value, `formation.${type}`, check)) return []
    const quantity = at(value, 'quantity')
    const whole = quantity?.kind === 'number' && Number.isInteger(quantity.value) && quantity.value >= 0
    if (quantity !== undefined && !whole) check(quantity, expected(`formation.${type}.quantity`, 'integer'))
    const size = at(value, 'size')
    if (size !== undefined && size.kind !== 'text') check(size, expected(`formation.${type}.size`, 'string'))
    return [
      {
        type,
        quantity: whole ? { value: quantity.value, at: placeOf(file, quantity) } : undefined,
        size: writtenIn(file, size),
        at: { file, span: insideQuotes(key) },
      },
    ]
  })
}

function readBuildpacks(file: string, node: DataNode | undefined, check: Check): Written[] {
  if (!isList(node, 'buildpacks', check)) return []
  return itemsOf(node).flatMap((item) => {
    const url = writtenIn(file, at(item, 'url'))
    if (url === undefined)
      check(item, { en: 'a buildpack is an object with `url`', fr: 'un buildpack est un objet avec `url`' })
    return url === undefined ? [] : [url]
  })
}

function readStack(file: string, node: DataNode | undefined, check: Check): Written | undefined {
  if (node === undefined) return undefined
  if (node.kind !== 'text') check(node, expected('stack', 'string'))
  else if (!stacks.includes(node.text)) {
    const name = node.text
    check(node, {
      en: `there is no stack "${name}" (heroku-24, heroku-22, container)`,
      fr: `la stack « ${name} » n’existe pas (heroku-24, heroku-22, container)`,
    })
  }
  return writtenIn(file, node)
}

function readScripts(file: string, node: DataNode | undefined, check: Check): { name: string; command: Written }[] {
  if (!isObject(node, 'scripts', check)) return []
  return entriesOf(node).flatMap(([name, { value }]) => {
    const command = writtenIn(file, value)
    if (command === undefined && value.kind !== 'table') check(value, expected(`scripts.${name}`, 'string'))
    return command === undefined ? [] : [{ name, command }]
  })
}
