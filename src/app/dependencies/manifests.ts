import type { Place, Span } from '../../contracts/place.ts'
import type { SourceFile } from '../../files/tree.ts'
import { at, type DataEntry, type DataNode, entriesOf, insideQuotes, itemsOf, textOf } from '../../syntax/data.ts'
import { parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import { parseToml } from '../../syntax/toml/toml.ts'
import type { DependencyFile, FileRole, Requirement } from './model.ts'
import { poetrySpecifiers } from './poetry.ts'
import { fromText, markerApplies, requirement } from './requirement.ts'

/** Pipfile: `[packages]` and `[dev-packages]`. */
export function readPipfile(file: SourceFile, role: FileRole, python: string | undefined): DependencyFile {
  const { root, problems } = parseToml(file.text)
  const section = (name: string, group: string) =>
    entriesOf(at(root, name)).map(([key, entry]) =>
      tableEntry(file.path, key, entry, {
        group,
        role,
        python,
        read: (text) => parseSpecifiers(text === '*' ? '' : text),
      }),
    )
  const requirements = [...section('packages', 'default'), ...section('dev-packages', 'dev-packages')]
  return { path: file.path, format: 'pipfile', role, problems, requirements, includedBy: undefined }
}

interface EntryOptions {
  readonly group: string
  readonly role: FileRole
  readonly python: string | undefined
  read(text: string): ReturnType<typeof parseSpecifiers>
}

/** `name = "version"` or `name = {version = "…", extras = […], git = "…"}`, as Pipenv and Poetry write it. */
function tableEntry(path: string, name: string, { key, value }: DataEntry, options: EntryOptions): Requirement {
  const version = value.kind === 'text' ? value : at(value, 'version')
  const marker = textOf(at(value, 'markers'))
  const url = ['git', 'path', 'file', 'url', 'hg']
    .map((kind) => textOf(at(value, kind)))
    .find((text) => text !== undefined)
  const place = (span: Span): Place => ({ file: path, span })
  const editable = at(value, 'editable') ?? at(value, 'develop')
  return requirement(
    {
      rawName: name,
      at: place({ start: key.start, end: value.span.end }),
      role: options.role,
      group: options.group,
      specifiers: options.read(textOf(version) ?? '') ?? [],
      extras: itemsOf(at(value, 'extras')).flatMap((item) => textOf(item) ?? []),
      url,
      editable: editable?.kind === 'boolean' && editable.value,
      markerText: marker,
      applies: markerApplies(marker, options.python),
      versionAt: version && place(insideQuotes(version.span)),
    },
    options.python,
  )
}

/** pyproject.toml: PEP 621, dependency groups, Poetry's and uv's and PDM's own tables; undefined when it declares none. */
export function readPyproject(
  file: SourceFile,
  role: FileRole,
  python: string | undefined,
): DependencyFile | undefined {
  const { root, problems } = parseToml(file.text)
  const list = (node: DataNode | undefined, group: string) =>
    itemsOf(node).flatMap((item) => {
      if (item.kind !== 'text') return []
      const place = { file: file.path, span: insideQuotes(item.span) }
      return fromText(item.text, place, { role, group }, python) ?? []
    })
  const groups = (node: DataNode | undefined) => entriesOf(node).flatMap(([name, { value }]) => list(value, name))
  const poetry = at(root, 'tool', 'poetry')
  const table = (node: DataNode | undefined, group: string) =>
    entriesOf(node)
      .filter(([name]) => name.toLowerCase() !== 'python')
      .map(([name, entry]) => tableEntry(file.path, name, entry, { group, role, python, read: poetrySpecifiers }))
  const requirements = [
    ...list(at(root, 'project', 'dependencies'), 'main'),
    ...table(at(poetry, 'dependencies'), 'main'),
    ...groups(at(root, 'project', 'optional-dependencies')),
    ...groups(at(root, 'dependency-groups')),
    ...table(at(poetry, 'dev-dependencies'), 'dev'),
    ...entriesOf(at(poetry, 'group')).flatMap(([name, { value }]) => table(at(value, 'dependencies'), name)),
    ...list(at(root, 'tool', 'uv', 'dev-dependencies'), 'dev'),
    ...groups(at(root, 'tool', 'pdm', 'dev-dependencies')),
  ]
  const declares = root === undefined || at(root, 'project') !== undefined || poetry !== undefined
  if (!declares && requirements.length === 0) return undefined
  return { path: file.path, format: 'pyproject', role, problems, requirements, includedBy: undefined }
}

/** setup.cfg: `[options] install_requires`, one requirement a line. */
export function readSetupCfg(file: SourceFile, role: FileRole, python: string | undefined): DependencyFile | undefined {
  const requirements: Requirement[] = []
  let section = ''
  let key = ''
  let offset = 0
  for (const raw of file.text.split('\n')) {
    const line = raw.replace(/[;#].*$/, (comment) => (/^\s*[;#]/.test(raw) ? '' : comment)).trimEnd()
    const header = /^\[([^\]]+)\]/.exec(line)
    const assignment = /^([\w.-]+)\s*[=:]\s*/.exec(line)
    if (header !== null) [section, key] = [header[1] as string, '']
    else if (assignment !== null) key = assignment[1] as string
    const group =
      section === 'options' && key === 'install_requires'
        ? 'main'
        : section === 'options.extras_require'
          ? key
          : undefined
    const from = assignment?.[0].length ?? line.length - line.trimStart().length
    const text = header === null ? line.slice(from) : ''
    if (group !== undefined && text !== '') {
      const span = { start: offset + from, end: offset + line.length }
      const found = fromText(text, { file: file.path, span }, { role, group }, python)
      if (found !== undefined) requirements.push(found)
    }
    offset += raw.length + 1
  }
  if (requirements.length === 0) return undefined
  return { path: file.path, format: 'setup.cfg', role, problems: [], requirements, includedBy: undefined }
}
