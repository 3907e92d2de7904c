import type { Node } from 'jsonc-parser'
import type { Text } from '../../contracts/text.ts'
import type { SourceFile } from '../../files/tree.ts'
import type { Written } from '../../syntax/data.ts'
import { entries, placeOf, property, readJson, written } from './json.ts'
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
  const { root, problems: syntax } = readJson(file)
  const problems = [...syntax]
  const check: Check = (node, message) => problems.push({ kind: 'schema', at: placeOf(file.path, node), message })
  if (root !== undefined && root.type !== 'object') check(root, expected('app.json', 'object'))
  const addons = property(root, 'addons')
  const appJson: AppJson = {
    file: file.path,
    addons: addons === undefined ? undefined : readAddons(file.path, addons, check),
    addonsAt: addons === undefined ? undefined : placeOf(file.path, addons),
    env: readEnv(file.path, property(root, 'env'), check),
    formation: readFormation(file.path, property(root, 'formation'), check),
    buildpacks: readBuildpacks(file.path, property(root, 'buildpacks'), check),
    stack: readStack(file.path, property(root, 'stack'), check),
    scripts: readScripts(file.path, property(root, 'scripts'), check),
  }
  return { appJson, problems }
}

type Check = (node: Node, message: Text) => void

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

function isObject(node: Node | undefined, what: string, check: Check): node is Node {
  if (node === undefined) return false
  if (node.type !== 'object') check(node, expected(what, 'object'))
  return node.type === 'object'
}

function isList(node: Node | undefined, what: string, check: Check): node is Node {
  if (node === undefined) return false
  if (node.type !== 'array') check(node, expected(what, 'array'))
  return node.type === 'array'
}

function readAddons(file: string, node: Node, check: Check): Addon[] {
  if (!isList(node, 'addons', check)) return []
  return (node.children ?? []).flatMap((item) => {
    if (item.type === 'string') return [addonFrom({ text: String(item.value), at: placeOf(file, item) }, undefined)]
    const plan = item.type === 'object' ? property(item, 'plan') : undefined
    const text = written(file, plan)
    if (text === undefined) {
      check(plan ?? item, {
        en: 'an add-on is a text "service:plan" or an object with `plan`',
        fr: 'un add-on est un texte « service:plan » ou un objet avec `plan`',
      })
      return []
    }
    return [addonFrom(text, written(file, property(item, 'as'))?.text)]
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

function readEnv(file: string, node: Node | undefined, check: Check): EnvEntry[] {
  if (!isObject(node, 'env', check)) return []
  return entries(node).flatMap(({ key, value }) => {
    const name = String(key.value)
    const base = { name, at: placeOf(file, key) }
    if (value.type === 'string') {
      return [{ ...base, value: String(value.value), required: true, generated: false, valueAt: placeOf(file, value) }]
    }
    if (value.type !== 'object') {
      check(value, {
        en: `\`env.${name}\` must be a text or an object with \`value\``,
        fr: `\`env.${name}\` doit être un texte ou un objet avec \`value\``,
      })
      return []
    }
    const text = property(value, 'value')
    if (text !== undefined && text.type !== 'string') check(text, expected(`env.${name}.value`, 'string'))
    return [
      {
        ...base,
        value: text?.type === 'string' ? String(text.value) : undefined,
        required: property(value, 'required')?.value !== false,
        generated: property(value, 'generator') !== undefined,
        valueAt: text === undefined ? undefined : placeOf(file, text),
      },
    ]
  })
}

function readFormation(file: string, node: Node | undefined, check: Check): Formation[] {
  if (!isObject(node, 'formation', check)) return []
  return entries(node).flatMap(({ key, value }) => {
    const type = String(key.value)
    if (!isObject(value, `formation.${type}`, check)) return []
    const quantity = property(value, 'quantity')
    const whole = quantity?.type === 'number' && Number.isInteger(quantity.value) && quantity.value >= 0
    if (quantity !== undefined && !whole) check(quantity, expected(`formation.${type}.quantity`, 'integer'))
    const size = property(value, 'size')
    if (size !== undefined && size.type !== 'string') check(size, expected(`formation.${type}.size`, 'string'))
    return [
      {
        type,
        quantity: whole ? { value: quantity.value as number, at: placeOf(file, quantity) } : undefined,
        size: written(file, size),
        at: placeOf(file, key),
      },
    ]
  })
}

function readBuildpacks(file: string, node: Node | undefined, check: Check): Written[] {
  if (!isList(node, 'buildpacks', check)) return []
  return (node.children ?? []).flatMap((item) => {
    const url = item.type === 'object' ? written(file, property(item, 'url')) : undefined
    if (url === undefined)
      check(item, { en: 'a buildpack is an object with `url`', fr: 'un buildpack est un objet avec `url`' })
    return url === undefined ? [] : [url]
  })
}

function readStack(file: string, node: Node | undefined, check: Check): Written | undefined {
  if (node === undefined) return undefined
  if (node.type !== 'string') check(node, expected('stack', 'string'))
  else if (!stacks.includes(String(node.value))) {
    const name = String(node.value)
    check(node, {
      en: `there is no stack "${name}" (heroku-24, heroku-22, container)`,
      fr: `la stack « ${name} » n'existe pas (heroku-24, heroku-22, container)`,
    })
  }
  return written(file, node)
}

function readScripts(file: string, node: Node | undefined, check: Check): { name: string; command: Written }[] {
  if (!isObject(node, 'scripts', check)) return []
  return entries(node).flatMap(({ key, value }) => {
    const command = written(file, value)
    if (command === undefined && value.type !== 'object') check(value, expected(`scripts.${key.value}`, 'string'))
    return command === undefined ? [] : [{ name: String(key.value), command }]
  })
}
