import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { FileTree, SourceFile } from '../../files/tree.ts'
import type { Written } from '../../syntax/data.ts'
import { parseYaml, type YamlEntry, type YamlNode, type YamlScalar } from '../../syntax/yaml/yaml.ts'
import { addonFrom } from './app-json.ts'
import type { Addon, EnvEntry, HerokuYml, ManifestCommand, ManifestProblem } from './model.ts'

/** Reads heroku.yml and checks it against what Heroku documents; Dockerfiles it names must exist. */
export function readHerokuYml(
  file: SourceFile,
  tree: FileTree,
): { herokuYml: HerokuYml; problems: readonly ManifestProblem[] } {
  const { root, problems: syntax } = parseYaml(file.text)
  const at = (node: YamlNode): Place => ({ file: file.path, span: node.span })
  const problems: ManifestProblem[] = syntax.map(({ span, message }) => ({
    kind: 'syntax',
    at: { file: file.path, span },
    message,
  }))
  const check = (node: YamlNode, message: Text) => problems.push({ kind: 'schema', at: at(node), message })
  if (root !== undefined && root.kind !== 'map') check(root, mustBeMap('heroku.yml'))
  for (const { key } of entries(root)) {
    if (sections.includes(key.value)) continue
    check(key, {
      en: `heroku.yml has no section "${key.value}" (setup, build, release, run)`,
      fr: `heroku.yml n'a pas de section « ${key.value} » (setup, build, release, run)`,
    })
  }
  const setup = child(root, 'setup')
  const build = child(root, 'build')
  const run = child(root, 'run')
  const addons = child(setup, 'addons')
  for (const [name, node] of [
    ['setup', setup],
    ['build', build],
    ['run', run],
    ['release', child(root, 'release')],
  ] as const) {
    if (node !== undefined && node.kind !== 'map' && !isEmpty(node)) check(node, mustBeMap(name))
  }
  const herokuYml: HerokuYml = {
    file: file.path,
    addons: addons === undefined ? undefined : readAddons(file.path, addons, check),
    addonsAt: addons === undefined ? undefined : at(addons),
    env: readConfig(file.path, child(setup, 'config')),
    build: readBuild(file.path, build, tree, problems),
    run:
      run === undefined || isEmpty(run) ? undefined : entries(run).flatMap((entry) => readRun(file.path, entry, check)),
    release: readRelease(file.path, root, check),
    runAt: entryOf(root, 'run') === undefined ? undefined : at((entryOf(root, 'run') as YamlEntry).key),
  }
  return { herokuYml, problems }
}

const sections = ['setup', 'build', 'release', 'run']

type Check = (node: YamlNode, message: Text) => void

function mustBeMap(name: string): Text {
  return { en: `\`${name}\` must be a mapping`, fr: `\`${name}\` doit être une table de clés` }
}

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'none'
}

function entries(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : []
}

function entryOf(node: YamlNode | undefined, name: string): YamlEntry | undefined {
  return entries(node).findLast(({ key }) => key.value === name)
}

function child(node: YamlNode | undefined, name: string): YamlNode | undefined {
  return entryOf(node, name)?.value
}

function writtenAt(file: string, node: YamlScalar): Written {
  return { text: node.value, at: { file, span: node.content } }
}

function readAddons(file: string, node: YamlNode, check: Check): Addon[] {
  if (node.kind !== 'list') {
    if (!isEmpty(node)) check(node, { en: '`setup.addons` must be a list', fr: '`setup.addons` doit être une liste' })
    return []
  }
  return node.items.flatMap((item) => {
    const plan = child(item, 'plan')
    const as = child(item, 'as')
    if (plan?.kind === 'scalar') return [addonFrom(writtenAt(file, plan), as?.kind === 'scalar' ? as.value : undefined)]
    check(item, { en: 'an add-on is a mapping with `plan`', fr: 'un add-on est une table avec `plan`' })
    return item.kind === 'scalar' ? [addonFrom(writtenAt(file, item), undefined)] : []
  })
}

function readConfig(file: string, node: YamlNode | undefined): EnvEntry[] {
  return entries(node).flatMap(({ key, value }) =>
    value.kind === 'scalar'
      ? [
          {
            name: key.value,
            value: value.value,
            required: true,
            generated: false,
            at: { file, span: key.span },
            valueAt: { file, span: value.content },
          },
        ]
      : [],
  )
}

function readBuild(
  file: string,
  node: YamlNode | undefined,
  tree: FileTree,
  problems: ManifestProblem[],
): HerokuYml['build'] {
  return entries(child(node, 'docker')).flatMap(({ key, value }) => {
    const path = value.kind === 'scalar' ? value : child(value, 'dockerfile')
    if (path?.kind !== 'scalar' || isEmpty(path)) return []
    const dockerfile = writtenAt(file, path)
    if (tree.kind(dockerfile.text) !== 'file') {
      const message = {
        en: `\`${dockerfile.text}\` is not in the repository`,
        fr: `\`${dockerfile.text}\` n'est pas dans le dépôt`,
      }
      problems.push({ kind: 'missing-file', at: dockerfile.at, message })
    }
    return [{ type: key.value, dockerfile }]
  })
}

function readRun(file: string, { key, value }: YamlEntry, check: Check): ManifestCommand[] {
  const command = commandOf(file, value)
  const at: Place = { file, span: key.span }
  if (command !== undefined) return [{ type: key.value, command, at }]
  if (value.kind !== 'map' || child(value, 'image') === undefined) {
    check(isEmpty(value) ? key : value, {
      en: `\`run.${key.value}\` must be a command, or a mapping with \`command\` or \`image\``,
      fr: `\`run.${key.value}\` doit être une commande, ou une table avec \`command\` ou \`image\``,
    })
  }
  return []
}

function readRelease(file: string, root: YamlNode | undefined, check: Check): ManifestCommand | undefined {
  const entry = entryOf(root, 'release')
  if (entry === undefined) return undefined
  const command = commandOf(file, entry.value)
  if (command === undefined && child(entry.value, 'image') === undefined) {
    check(entry.key, { en: '`release` needs a `command`', fr: '`release` a besoin de `command`' })
  }
  return command === undefined ? undefined : { type: 'release', command, at: { file, span: entry.key.span } }
}

/** A command as text, or under `command` as text or list; a list's texts are joined as a shell would read them. */
function commandOf(file: string, node: YamlNode): ManifestCommand['command'] | undefined {
  const inner = node.kind === 'map' ? child(node, 'command') : node
  if (inner?.kind === 'scalar' && !isEmpty(inner)) return shell(file, inner)
  if (inner?.kind !== 'list') return undefined
  const scalars = inner.items.filter((item) => item.kind === 'scalar')
  const [only] = scalars
  if (scalars.length === 1 && only !== undefined) return shell(file, only)
  if (scalars.length === 0) return undefined
  return { form: 'exec', words: scalars.map((scalar) => writtenAt(file, scalar)), at: { file, span: inner.span } }
}

function shell(file: string, node: YamlScalar): ManifestCommand['command'] {
  return { form: 'shell', text: node.value.trimEnd(), at: { file, span: node.content }, verbatim: node.verbatim }
}
