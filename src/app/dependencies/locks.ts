import type { Place, Span } from '../../contracts/place.ts'
import type { SourceFile } from '../../files/tree.ts'
import { at, type DataEntry, type DataNode, entriesOf, insideQuotes, itemsOf, textOf } from '../../syntax/data.ts'
import { parseJson } from '../../syntax/json/json.ts'
import { parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import type { DependencyFile, FileFormat, FileRole, Requirement } from './model.ts'
import { markerApplies, requirement } from './requirement.ts'

type Reader = (file: SourceFile, role: FileRole, python: string | undefined) => DependencyFile

const empty = (file: SourceFile, format: FileFormat, role: FileRole) => ({
  path: file.path,
  format,
  role,
  includedBy: undefined,
})

/** Pipfile.lock: `default` is installed; `develop` is the group `dev`. */
export const readPipfileLock: Reader = (file, role, python) => {
  const { root, problems } = parseJson(file.text)
  const section = (name: string, group: string) =>
    entriesOf(at(root, name)).map(([key, entry]) => pipfileEntry(file.path, key, entry, group, role, python))
  const requirements = [...section('default', 'default'), ...section('develop', 'dev')]
  return { ...empty(file, 'pipfile.lock', role), problems, requirements }
}

function pipfileEntry(
  path: string,
  name: string,
  { key, value }: DataEntry,
  group: string,
  role: FileRole,
  python: string | undefined,
): Requirement {
  const version = at(value, 'version')
  const marker = textOf(at(value, 'markers'))
  const source = ['git', 'file', 'path', 'hg', 'svn']
    .map((kind) => textOf(at(value, kind)))
    .find((text) => text !== undefined)
  const place = (span: Span): Place => ({ file: path, span })
  return requirement(
    {
      rawName: name,
      at: place(insideQuotes(key)),
      role,
      group,
      specifiers: parseSpecifiers(textOf(version) ?? '') ?? [],
      extras: itemsOf(at(value, 'extras')).flatMap((item) => textOf(item) ?? []),
      hashes: itemsOf(at(value, 'hashes')).flatMap((item) => textOf(item) ?? []),
      url: source,
      markerText: marker,
      applies: markerApplies(marker, python),
      versionAt: version && place(insideQuotes(version.span)),
    },
    python,
  )
}

/** `[[package]]` tables with name and version: poetry.lock, uv.lock, pdm.lock; `[[packages]]` of pylock.toml. */
const readPackages =
  (format: FileFormat, list: string, entry: (node: DataNode) => Partial<PackageFacts> | undefined): Reader =>
  (file, role, python) => {
    const { root, problems } = parseToml(withoutArtifacts(file.text))
    return {
      ...empty(file, format, role),
      problems,
      requirements: packagesIn(root, file.path, list, entry, role, python),
      otherIndex: namesOtherIndex(itemsOf(at(root, list))),
    }
  }

/** uv names the index of each package, Poetry one that is not the usual one (`legacy`). */
function namesOtherIndex(packages: readonly DataNode[]): boolean {
  const registries = new Set(packages.flatMap((node) => textOf(at(node, 'source', 'registry')) ?? []))
  return registries.size > 1 || packages.some((node) => textOf(at(node, 'source', 'type')) === 'legacy')
}

function packagesIn(
  root: DataNode | undefined,
  path: string,
  list: string,
  entry: (node: DataNode) => Partial<PackageFacts> | undefined,
  role: FileRole,
  python: string | undefined,
): Requirement[] {
  const requirements: Requirement[] = []
  for (const node of itemsOf(at(root, list))) {
    const name = at(node, 'name')
    const version = at(node, 'version')
    const facts = entry(node)
    if (name?.kind !== 'text' || facts === undefined) continue
    const place = (span: Span): Place => ({ file: path, span: insideQuotes(span) })
    const written = textOf(version)
    requirements.push(
      requirement(
        {
          rawName: name.text,
          at: place(name.span),
          role,
          specifiers: written === undefined ? [] : [{ operator: '==', version: written }],
          versionAt: version && place(version.span),
          markerText: facts.marker,
          applies: markerApplies(facts.marker, python),
          group: facts.group,
          url: facts.url,
        },
        python,
      ),
    )
  }
  return requirements
}

/** Blanks the lists of files and hashes, nine tenths of a lock, which nothing here asks for; offsets stay. */
function withoutArtifacts(text: string): string {
  return text.replace(
    /^((?:files|wheels) = \[\r?\n)((?:[ \t][^\n]*\n)*)(?=\])/gm,
    (_, head: string, body: string) => head + ' '.repeat(body.length),
  )
}

interface PackageFacts {
  readonly marker: string | undefined
  readonly group: string | undefined
  readonly url: string | undefined
}

/** Poetry installs the group `main` on Heroku; optional packages only with an extra, which the buildpack never asks for. */
export const readPoetryLock: Reader = readPackages('poetry.lock', 'package', (node) => {
  const groups = itemsOf(at(node, 'groups')).flatMap((item) => textOf(item) ?? [])
  const category = textOf(at(node, 'category'))
  const optional = at(node, 'optional')
  const markers = at(node, 'markers')
  const outside = groups.length > 0 ? !groups.includes('main') : category !== undefined && category !== 'main'
  const group = outside ? (groups[0] ?? category) : optional?.kind === 'boolean' && optional.value ? 'extra' : 'main'
  return { marker: textOf(markers) ?? textOf(at(markers, 'main')), group, url: sourceUrl(at(node, 'source')) }
})

/** A package from elsewhere than an index; an index named in the lock is no such source. */
function sourceUrl(source: DataNode | undefined): string | undefined {
  const type = textOf(at(source, 'type'))
  return type === undefined || type === 'legacy' ? undefined : textOf(at(source, 'url'))
}

export const readPdmLock: Reader = readPackages('pdm.lock', 'package', (node) => {
  const groups = itemsOf(at(node, 'groups')).flatMap((item) => textOf(item) ?? [])
  const group = groups.length === 0 || groups.includes('default') ? 'default' : groups[0]
  return { marker: textOf(at(node, 'marker')), group, url: textOf(at(node, 'git')) ?? textOf(at(node, 'path')) }
})

export const readPylock: Reader = readPackages('pylock', 'packages', (node) => ({
  marker: textOf(at(node, 'marker')),
  url: textOf(at(at(node, 'vcs'), 'url')) ?? textOf(at(at(node, 'archive'), 'url')),
}))

function uvFacts(node: DataNode): Partial<PackageFacts> | undefined {
  const source = at(node, 'source')
  if (['virtual', 'editable'].some((kind) => textOf(at(source, kind)) === '.')) return undefined
  return { url: textOf(at(source, 'git')) ?? textOf(at(source, 'url')) ?? textOf(at(source, 'directory')) }
}

/** uv.lock: what the project needs without its groups and extras (`uv sync --no-default-groups`) is installed. */
export const readUvLock: Reader = (file, role, python) => {
  const { root, problems } = parseToml(withoutArtifacts(file.text))
  const read = packagesIn(root, file.path, 'package', uvFacts, role, python)
  const reached = reachable(itemsOf(at(root, 'package')), python)
  const requirements = read.map((one) =>
    reached === undefined || reached.has(one.name) ? one : { ...one, group: 'dev' },
  )
  const otherIndex = namesOtherIndex(itemsOf(at(root, 'package')))
  return { ...empty(file, 'uv.lock', role), problems, requirements, otherIndex }
}

/** Names reached from the project's own package through `dependencies`; undefined when the project is not in the lock. */
function reachable(packages: readonly DataNode[], python: string | undefined): Set<string> | undefined {
  const byName = new Map<string, DataNode[]>()
  for (const node of packages) {
    const name = textOf(at(node, 'name')) ?? ''
    byName.set(name, [...(byName.get(name) ?? []), node])
  }
  const own = packages.find((node) =>
    ['virtual', 'editable'].some((kind) => textOf(at(at(node, 'source'), kind)) === '.'),
  )
  if (own === undefined) return undefined
  const seen = new Set<string>()
  const queue: { node: DataNode; extras: readonly string[] }[] = [{ node: own, extras: [] }]
  for (let i = 0; i < queue.length; i++) {
    const { node, extras } = queue[i] as (typeof queue)[number]
    const needed = [
      ...itemsOf(at(node, 'dependencies')),
      ...extras.flatMap((extra) => itemsOf(at(node, 'optional-dependencies', extra))),
    ]
    for (const dependency of needed) {
      const name = textOf(at(dependency, 'name')) ?? ''
      const asked = itemsOf(at(dependency, 'extra')).flatMap((item) => textOf(item) ?? [])
      const key = `${name}[${asked.join()}]`
      if (seen.has(key) || markerApplies(textOf(at(dependency, 'marker')), python) === false) continue
      seen.add(key)
      seen.add(name)
      for (const next of byName.get(name) ?? []) queue.push({ node: next, extras: asked })
    }
  }
  return seen
}
