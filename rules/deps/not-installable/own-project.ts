import type { App } from '../../../src/app/app.ts'
import { isUvPackage } from '../../../src/app/dependencies/own-project.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import { at, type DataNode, itemsOf, textOf } from '../../../src/syntax/data.ts'
import { normaliseName } from '../../../src/syntax/requirements/marker.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'

/** The project itself, which the build installs beside its dependencies and cannot. */
export interface UninstallableProject {
  readonly installer: 'Poetry' | 'uv'
  /** What the build ends with. */
  readonly error: string
  readonly at: Place
  readonly edits: readonly Edit[]
}

const manifestFile = 'pyproject.toml'

/** Seen with Poetry 2.4.1 (`sync --only main`) and uv 0.13.9 (`sync --locked`), hatchling, setuptools, uv_build and poetry-core of that day. */
export function uninstallableProject(app: App): UninstallableProject | undefined {
  const { dependencies, manifest, tree } = app
  const { manager } = dependencies
  if (manager !== 'poetry' && manager !== 'uv') return undefined
  // The hook may make what is missing.
  if (!['heroku-classic', 'heroku-fir'].includes(manifest.platform) || tree.kind('bin/pre_compile') === 'file')
    return undefined
  const text = readText(tree, manifestFile)?.text
  const root = text === undefined ? undefined : parseToml(text).root
  if (text === undefined || root === undefined) return undefined
  const fault = manager === 'poetry' ? faultOfPoetry(app, root) : faultOfUv(app, root)
  if (fault === undefined) return undefined
  const place = { file: manifestFile, span: fault.node.span }
  return manager === 'poetry'
    ? {
        installer: 'Poetry',
        error: fault.error,
        at: place,
        edits: [entryIn(text, root, 'poetry', 'package-mode = false')],
      }
    : {
        installer: 'uv',
        error: fault.error,
        at: place,
        edits: [entryIn(text, root, 'uv', 'package = false'), ...unlocked(app)],
      }
}

interface Fault {
  readonly error: string
  readonly node: DataNode
}

/** Poetry builds with its own reading of the project, whatever build system it names (poetry/masonry/builders/editable.py). */
function faultOfPoetry(app: App, root: DataNode): Fault | undefined {
  const mode = at(root, 'tool', 'poetry', 'package-mode')
  return mode?.kind === 'boolean' && !mode.value ? undefined : faultOfPoetryCore(app, root)
}

function faultOfPoetryCore(app: App, root: DataNode): Fault | undefined {
  const poetry = at(root, 'tool', 'poetry')
  const name = at(poetry, 'name') ?? at(root, 'project', 'name')
  const readme = absentReadme(app, root, at(poetry, 'readme'))
  const written = textOf(name)
  if (name === undefined || written === undefined) return undefined
  const packages = at(poetry, 'packages')
  if (packages === undefined) {
    const error = `No file/folder found for package ${normaliseName(written)}`
    return hasModule(app, moduleOf(written)) ? readme : { error, node: name }
  }
  const absent = itemsOf(packages).find((item) => {
    const path = [textOf(at(item, 'from')), textOf(at(item, 'include'))].filter((part) => part !== undefined).join('/')
    return path !== '' && !/[*?[]/.test(path) && !isPushed(app, path)
  })
  const include = textOf(at(absent, 'include'))
  return absent === undefined ? readme : { error: `${include} does not contain any element`, node: absent }
}

/** The first readme that is named and not pushed. */
function absentReadme(app: App, root: DataNode, ofPoetry?: DataNode): Fault | undefined {
  const named = ofPoetry ?? at(root, 'project', 'readme')
  const files = named?.kind === 'list' ? named.items : [named?.kind === 'table' ? at(named, 'file') : named]
  const absent = files.find((file) => textOf(file) !== undefined && !isPushed(app, textOf(file) as string))
  return absent && { error: `Readme path …/${textOf(absent)} does not exist.`, node: absent }
}

function faultOfUv(app: App, root: DataNode): Fault | undefined {
  const name = at(root, 'project', 'name')
  const written = textOf(name)
  if (name === undefined || written === undefined || !isUvPackage(root)) return undefined
  const module = moduleOf(written)
  switch (textOf(at(root, 'build-system', 'build-backend'))) {
    case 'hatchling.build': {
      const readme = absentReadme(app, root)
      if (readme !== undefined) return { ...readme, error: `Readme file does not exist: ${textOf(readme.node)}` }
      const error = 'Unable to determine which files to ship inside the wheel using the following heuristics'
      return at(root, 'tool', 'hatch') !== undefined || hasHatchModule(app, module) ? undefined : { error, node: name }
    }
    case 'uv_build': {
      const expected = `src/${module}/__init__.py`
      const isTold = at(root, 'tool', 'uv', 'build-backend') !== undefined
      return isTold || isPushed(app, expected)
        ? undefined
        : { error: `Expected a Python module at: ${expected}`, node: name }
    }
    case 'poetry.core.masonry.api':
      return faultOfPoetryCore(app, root)
    case 'setuptools.build_meta':
      return faultOfSetuptools(app, root, name)
    default:
      return undefined
  }
}

/** Setuptools finds the packages by itself, and refuses when it finds several (setuptools/discovery.py, FlatLayoutPackageFinder). */
function faultOfSetuptools(app: App, root: DataNode, node: DataNode): Fault | undefined {
  const isTold = ['setup.py', 'setup.cfg', 'src'].some((path) => app.tree.kind(path) !== undefined)
  if (isTold || at(root, 'tool', 'setuptools') !== undefined) return undefined
  const found = app.tree
    .list('')
    .filter(({ name, kind }) => kind === 'directory' && /^[A-Za-z_]\w*$/.test(name) && !leftOut.test(name))
    .flatMap(({ name }) => (isPushed(app, name) ? [name] : []))
  if (found.length < 2) return undefined
  return { error: 'Multiple top-level packages discovered in a flat-layout', node }
}

const leftOut =
  /^(ci|bin|debian|docs?|documentation|manpages|news|newsfragments|changelog|tests?|examples?|scripts|tools|utils?|python|build|benchmarks?|exercises?|htmlcov)$/

const moduleOf = (name: string): string => normaliseName(name).replaceAll('-', '_')

const hasModule = (app: App, module: string): boolean =>
  ['', 'src/'].some((folder) => isPushed(app, `${folder}${module}`) || isPushed(app, `${folder}${module}.py`))

function hasHatchModule(app: App, module: string): boolean {
  const folders = app.tree.list('').flatMap(({ name, kind }) => (kind === 'directory' ? [name] : []))
  return [
    `${module}.py`,
    ...['', ...folders.map((name) => `${name}/`)].map((folder) => `${folder}${module}/__init__.py`),
  ].some((path) => isPushed(app, path))
}

/** Whether a push carries a file, or a file below a folder. */
function isPushed(app: App, path: string): boolean {
  const { tree, presence } = app
  const kind = tree.kind(path)
  if (kind !== 'directory') return kind === 'file' && presence.isPresent(path)
  return tree.list(path).some(({ name }) => isPushed(app, `${path}/${name}`))
}

/** An entry of `[tool.NAME]`, below its header or in a table of its own at the end. */
function entryIn(text: string, root: DataNode, tool: string, entry: string): Edit {
  const start = at(root, 'tool', tool)?.span.start ?? -1
  const hasHeader = start >= 0 && text.startsWith(`[tool.${tool}]`, start)
  const end = hasHeader ? text.indexOf('\n', start) + 1 : text.length
  const before = end > 0 && text[end - 1] === '\n' ? '' : '\n'
  const added = hasHeader ? `${entry}\n` : `${before}\n[tool.${tool}]\n${entry}\n`
  return { file: manifestFile, span: { start: end, end }, text: added }
}

/** uv.lock says of the project whether it is installed. */
function unlocked({ tree }: App): Edit[] {
  const own = /^source = \{ (editable) = "\." \}$/m.exec(readText(tree, 'uv.lock')?.text ?? '')
  if (own === null) return []
  const start = own.index + 'source = { '.length
  return [{ file: 'uv.lock', span: { start, end: start + 'editable'.length }, text: 'virtual' }]
}
