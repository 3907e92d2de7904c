import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { fromBytes, gitignoreRules, toBytes } from '../../files/ignore/gitignore.ts'
import { type FileTree, join, readText } from '../../files/tree.ts'
import { parseDotenv } from '../../syntax/dotenv/dotenv.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { dottedName } from '../../syntax/python/names.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { importEdit } from '../project/imports.ts'
import { eachNode } from '../project/nodes.ts'
import { sourceText } from './source-text.ts'

/** What is wrong with a .env file, or with how the settings rely on one. */
export interface EnvFileFault {
  readonly kind: 'committed' | 'not-deployed'
  readonly at: Place
  readonly file: string
  /** Names of the secrets in it; their values are never kept. */
  readonly names: readonly string[]
  readonly edits?: readonly Edit[] | undefined
}

/** Committed .env files with secrets, then settings that read nothing but a .env file the dyno does not have. */
export function envFileFaults(app: App): EnvFileFault[] {
  return [...committed(app), ...notDeployed(app)]
}

const NAMES = ['.env', '.env.production', '.env.prod', '.env.heroku']

/** The .env files that git carries: at the root, beside manage.py and beside the settings. */
export function committedEnvFiles(app: App): string[] {
  const pushed = pushedBy(app)
  const folders = new Set(['', ...app.project.manage.map(({ folder }) => folder), parentOf(app.settings.file)])
  return [...folders]
    .flatMap((folder) => NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`)))
    .filter((file) => app.tree.kind(file) === 'file' && pushed(file))
}

function committed(app: App): EnvFileFault[] {
  return committedEnvFiles(app).flatMap((file): EnvFileFault[] => {
    const text = readText(app.tree, file)?.text
    const secrets = text === undefined ? [] : secretsIn(text)
    const [first] = secrets
    if (first === undefined) return []
    return [{ kind: 'committed', at: { file, span: first.span }, file, names: secrets.map((secret) => secret.name) }]
  })
}

function parentOf(file: string | undefined): string {
  return file?.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
}

/** Whether git carries a file: what its index says, or, without a repository, what the ignore files let in. */
function pushedBy(app: App): (path: string) => boolean {
  if (app.presence.known) return (path) => app.presence.isPresent(path)
  const ignored = ignoredBy(app.tree)
  return (path) => !ignored(path)
}

/** Whether git would leave a file out, by the ignore files of the tree. */
function ignoredBy(tree: FileTree): (path: string) => boolean {
  const rules = gitignoreRules({
    gitignore: (folder) => {
      const path = folder === '' ? '.gitignore' : `${fromBytes(folder)}/.gitignore`
      const text = tree.kind(path) === 'file' ? readText(tree, path)?.text : undefined
      return text === undefined ? undefined : toBytes(text)
    },
    shared: [],
    foldsCase: false,
  })
  return (path) => rules.decide(toBytes(path), false)?.pattern.negated === false
}

const SECRET = /(^|_)(SECRET|PASSWORD|PASSWD|PASS|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?|AUTH_KEY)(_|$)/i
/** What bundlers put into pages is no secret, whatever it is called. */
const PUBLIC = /^(REACT_APP|VITE|VUE_APP|NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|GATSBY)_/
const PLACEHOLDER =
  /^$|change|your|example|placeholder|dummy|secret$|^x+$|^<.*>$|^\$|^\.+$|^(none|null|true|false|test|dev|password|\d)$/i

/** Assignments whose name says secret, with a value that is none of the usual stand-ins. */
function secretsIn(text: string): { readonly name: string; readonly span: Place['span'] }[] {
  return parseDotenv(text).flatMap(({ name, value, nameAt }) =>
    value === undefined || !SECRET.test(name) || PUBLIC.test(name) || PLACEHOLDER.test(value)
      ? []
      : [{ name, span: nameAt }],
  )
}

/** `config = dotenv_values('.env')` alone: nothing then reads config vars. */
function notDeployed(app: App): EnvFileFault[] {
  const { evaluation } = app.settings
  if (evaluation === undefined || evaluation.certainCrash !== undefined) return []
  const pushed = pushedBy(app)
  return evaluation.files.flatMap((path): EnvFileFault[] => {
    const parsed = parseFile(app.tree, path)
    if (!parsed?.text.includes('dotenv_values')) return []
    const found: EnvFileFault[] = []
    eachNode(parsed.module.body, (node) => {
      if (node.kind !== 'Assign' || node.value.kind !== 'Call') return true
      const { func, args, start, end } = node.value
      const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
      const [argument] = args
      const written = literalText(argument)
      if (name !== 'dotenv_values' || (argument !== undefined && written === undefined)) return true
      const file = join(written ?? '.env')
      if (file === undefined || (app.tree.kind(file) === 'file' && pushed(file))) return true
      const at = { file: path, span: { start, end } }
      found.push({ kind: 'not-deployed', at, file, names: [], edits: merged(app, at) })
      return false
    })
    return found
  })
}

/** Edits by which what a file says stands over the config vars, which are all there is on a dyno. */
function merged(app: App, at: Place): readonly Edit[] | undefined {
  const call = sourceText(app.tree, at)
  const imported = importEdit(app, at.file, 'os')
  return call === undefined
    ? undefined
    : [...(imported === undefined ? [] : [imported]), { ...at, text: `{**os.environ, **${call}}` }]
}

/** The same for the one assignment of a module that gives a name what `dotenv_values` reads. */
export function mergedWithEnvironment(app: App, file: string, name: string): readonly Edit[] | undefined {
  const calls: Place[] = []
  let others = 0
  eachNode(parseFile(app.tree, file)?.module.body, (node) => {
    if (node.kind !== 'Assign' || !node.targets.some((one) => one.kind === 'Name' && one.id === name)) return true
    const { value } = node
    if (value.kind === 'Call' && /(?:^|\.)dotenv_values$/.test(dottedName(value.func) ?? ''))
      calls.push({ file, span: { start: value.start, end: value.end } })
    else others++
    return true
  })
  const [only, ...more] = calls
  return only === undefined || more.length > 0 || others > 0 ? undefined : merged(app, only)
}
