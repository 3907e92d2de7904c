import type { Place, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { FileTree, SourceFile } from '../../files/tree.ts'
import {
  at as below,
  contentOf,
  type DataEntry,
  type DataNode,
  type DataScalar,
  type DataText,
  entriesOf,
  type Written,
} from '../../syntax/data.ts'
import { parseYaml } from '../../syntax/yaml/yaml.ts'
import { addonFrom } from './app-json.ts'
import type { Addon, EnvEntry, HerokuYml, ManifestCommand, ManifestProblem } from './model.ts'

/** Reads heroku.yml and checks it against what Heroku documents; Dockerfiles it names must exist. */
export function readHerokuYml(
  file: SourceFile,
  tree: FileTree,
): { herokuYml: HerokuYml; problems: readonly ManifestProblem[] } {
  const { root, problems: syntax } = parseYaml(file.text)
  const at = (node: DataNode): Place => ({ file: file.path, span: node.span })
  const problems: ManifestProblem[] = syntax.map(({ span, message }) => ({
    kind: 'syntax',
    at: { file: file.path, span },
    message,
  }))
  const check = ({ span }: { readonly span: Span }, message: Text) =>
    problems.push({ kind: 'schema', at: { file: file.path, span }, message })
  if (root !== undefined && root.kind !== 'table') check(root, mustBeMap('heroku.yml'))
  for (const [name, { key }] of entriesOf(root)) {
    if (sections.includes(name)) continue
    check(
      { span: key },
      {
        en: `heroku.yml has no section "${name}" (setup, build, release, run)`,
        fr: `heroku.yml n’a pas de section « ${name} » (setup, build, release, run)`,
      },
    )
  }
  const setup = below(root, 'setup')
  const build = below(root, 'build')
  const run = below(root, 'run')
  const addons = below(setup, 'addons')
  const runKey = entryOf(root, 'run')?.key
  for (const [name, node] of [
    ['setup', setup],
    ['build', build],
    ['run', run],
    ['release', below(root, 'release')],
  ] as const) {
    if (node !== undefined && node.kind !== 'table' && !isEmpty(node)) check(node, mustBeMap(name))
  }
  const herokuYml: HerokuYml = {
    file: file.path,
    addons: addons === undefined ? undefined : readAddons(file.path, addons, check),
    addonsAt: addons === undefined ? undefined : at(addons),
    env: readConfig(file.path, below(setup, 'config')),
    build: readBuild(file.path, build, tree, problems),
    run:
      run === undefined || isEmpty(run)
        ? undefined
        : entriesOf(run).flatMap(([type, entry]) => readRun(file, type, entry, check)),
    release: readRelease(file, root, check),
    runAt: runKey && { file: file.path, span: runKey },
  }
  return { herokuYml, problems }
}

const sections = ['setup', 'build', 'release', 'run']

type Check = (node: { readonly span: Span }, message: Text) => void

function mustBeMap(name: string): Text {
  return { en: `\`${name}\` must be a mapping`, fr: `\`${name}\` doit être une table de clés` }
}

/** Heroku takes every scalar as the text it is: `PORT: 8000`. */
const isScalar = (node: DataNode | undefined): node is DataText | DataScalar =>
  node !== undefined && node.kind !== 'table' && node.kind !== 'list'

/** `key:` with nothing behind it. */
const isEmpty = (node: DataNode): boolean => node.kind === 'other' && node.text === ''

const entryOf = (node: DataNode | undefined, name: string): DataEntry | undefined =>
  node?.kind === 'table' ? node.entries.get(name) : undefined

const writtenAt = (file: string, node: DataText | DataScalar): Written => ({
  text: node.text,
  at: { file, span: contentOf(node) },
})

function readAddons(file: string, node: DataNode, check: Check): Addon[] {
  if (node.kind !== 'list') {
    if (!isEmpty(node)) check(node, { en: '`setup.addons` must be a list', fr: '`setup.addons` doit être une liste' })
    return []
  }
  return node.items.flatMap((item) => {
    const plan = below(item, 'plan')
    const as = below(item, 'as')
    if (isScalar(plan)) return [addonFrom(writtenAt(file, plan), isScalar(as) ? as.text : undefined)]
    check(item, { en: 'an add-on is a mapping with `plan`', fr: 'un add-on est une table avec `plan`' })
    return isScalar(item) ? [addonFrom(writtenAt(file, item), undefined)] : []
  })
}

function readConfig(file: string, node: DataNode | undefined): EnvEntry[] {
  return entriesOf(node).flatMap(([name, { key, value }]) =>
    isScalar(value)
      ? [
          {
            name,
            value: value.text,
            required: true,
            generated: false,
            at: { file, span: key },
            valueAt: { file, span: contentOf(value) },
          },
        ]
      : [],
  )
}

function readBuild(
  file: string,
  node: DataNode | undefined,
  tree: FileTree,
  problems: ManifestProblem[],
): HerokuYml['build'] {
  return entriesOf(below(node, 'docker')).flatMap(([type, { value }]) => {
    const path = isScalar(value) ? value : below(value, 'dockerfile')
    if (!isScalar(path) || isEmpty(path)) return []
    const dockerfile = writtenAt(file, path)
    if (tree.kind(dockerfile.text) !== 'file') {
      const message = {
        en: `\`${dockerfile.text}\` is not in the repository`,
        fr: `\`${dockerfile.text}\` n’est pas dans le dépôt`,
      }
      problems.push({ kind: 'missing-file', at: dockerfile.at, message })
    }
    return [{ type, dockerfile }]
  })
}

function readRun(file: SourceFile, type: string, { key, value }: DataEntry, check: Check): ManifestCommand[] {
  const command = commandOf(file, value)
  if (command !== undefined) return [{ type, command, at: { file: file.path, span: key } }]
  if (value.kind !== 'table' || below(value, 'image') === undefined) {
    check(isEmpty(value) ? { span: key } : value, {
      en: `\`run.${type}\` must be a command, or a mapping with \`command\` or \`image\``,
      fr: `\`run.${type}\` doit être une commande, ou une table avec \`command\` ou \`image\``,
    })
  }
  return []
}

function readRelease(file: SourceFile, root: DataNode | undefined, check: Check): ManifestCommand | undefined {
  const entry = entryOf(root, 'release')
  if (entry === undefined) return undefined
  const command = commandOf(file, entry.value)
  if (command === undefined && below(entry.value, 'image') === undefined) {
    check({ span: entry.key }, { en: '`release` needs a `command`', fr: '`release` a besoin de `command`' })
  }
  return command === undefined ? undefined : { type: 'release', command, at: { file: file.path, span: entry.key } }
}

/** A command as text, or under `command` as text or list; a list's texts are joined as a shell would read them. */
function commandOf(file: SourceFile, node: DataNode): ManifestCommand['command'] | undefined {
  const inner = node.kind === 'table' ? below(node, 'command') : node
  if (isScalar(inner) && !isEmpty(inner)) return shell(file, inner)
  if (inner?.kind !== 'list') return undefined
  const scalars = inner.items.filter(isScalar)
  const [only] = scalars
  if (scalars.length === 1 && only !== undefined) return shell(file, only)
  if (scalars.length === 0) return undefined
  return {
    form: 'exec',
    words: scalars.map((scalar) => writtenAt(file.path, scalar)),
    at: { file: file.path, span: inner.span },
  }
}

function shell(file: SourceFile, node: DataText | DataScalar): ManifestCommand['command'] {
  const { at } = writtenAt(file.path, node)
  const verbatim = file.text.slice(at.span.start, at.span.end) === node.text
  return { form: 'shell', text: node.text.trimEnd(), at, verbatim }
}
