import type { Place, Problem } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type FileTree, join, type SourceFile } from '../../files/tree.ts'
import { type DecodedRequirements, decodeRequirements } from '../../syntax/requirements/encoding.ts'
import { parseRequirementsFile, type RequirementLine } from '../../syntax/requirements/file.ts'
import type { Surroundings } from '../../syntax/requirements/line.ts'
import type { DependencyFile, FileRole, Requirement } from './model.ts'
import { requirement } from './requirement.ts'

export interface IncludeContext {
  readonly tree: FileTree
  /** Version on the dyno, for markers. */
  readonly python: string | undefined
  /** Folder pip runs in: paths of `-e .` and `./x.whl` count from there. */
  readonly workingDirectory: string
}

/** Files of one `pip install -r`, in pip's order of reading, and what could not be read. */
export interface IncludeResult {
  readonly files: readonly DependencyFile[]
  readonly unknowns: readonly { readonly why: Text; readonly at: Place }[]
}

/** Reads a requirements file and what it includes. Never reads outside the tree; cycles are reported, not followed. */
export function readIncludes(
  start: string,
  role: FileRole,
  context: IncludeContext,
  includedBy: Place | undefined = undefined,
): IncludeResult {
  const files: DependencyFile[] = []
  const unknowns: { why: Text; at: Place }[] = []
  const seen = new Set<string>()

  function visit(path: string, fileRole: FileRole, via: Place | undefined, ancestors: readonly string[]): void {
    const source = context.tree.read(path)
    seen.add(path)
    if (typeof source === 'string') {
      if (source === 'binary') files.push(unreadable(path, fileRole, via))
      return
    }
    const { file, includes, unknown } = readOne(source, fileRole, via, context)
    unknowns.push(...unknown)
    const problems = [...file.problems]
    files.push({ ...file, problems })
    for (const line of includes) {
      const at: Place = { file: path, span: line.pathSpan }
      const target = includeTarget(path, line.path, context.tree, [...ancestors, path])
      if ('problem' in target) problems.push({ span: line.pathSpan, message: target.problem })
      else if ('url' in target) unknowns.push({ why: remote, at })
      else if (!seen.has(target.path))
        visit(target.path, line.constraint && fileRole === 'install' ? 'constraint' : fileRole, at, [
          ...ancestors,
          path,
        ])
    }
  }

  visit(start, role, includedBy, [])
  return { files, unknowns }
}

const remote: Text = {
  en: 'the file is fetched from a URL when pip runs',
  fr: 'le fichier est téléchargé depuis une URL au moment où pip s’exécute',
}

type Target = { readonly path: string } | { readonly url: string } | { readonly problem: Text }

function includeTarget(from: string, written: string, tree: FileTree, ancestors: readonly string[]): Target {
  if (/^(?:https?|file):/i.test(written)) return { url: written }
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : ''
  const path = written.startsWith('/') ? undefined : join(folder, written)
  if (path === undefined)
    return {
      problem: {
        en: `${written} lies outside the app: it is not on the dyno, and was not read`,
        fr: `${written} est hors de l’application : il n’est pas sur le dyno et n’a pas été lu`,
      },
    }
  if (ancestors.includes(path))
    return {
      problem: { en: `${path} includes itself in the end`, fr: `${path} finit par s’inclure lui-même` },
    }
  const kind = tree.kind(path)
  if (kind === 'file') return { path }
  return {
    problem:
      kind === 'directory'
        ? { en: `${path} is a folder, not a file`, fr: `${path} est un dossier, pas un fichier` }
        : { en: `there is no file ${path}`, fr: `il n’y a pas de fichier ${path}` },
  }
}

const unreadable = (path: string, role: FileRole, includedBy: Place | undefined): DependencyFile => ({
  path,
  format: 'requirements',
  role,
  problems: [],
  requirements: [],
  includedBy,
  encoding: 'binary',
})

type IncludeLine = Extract<RequirementLine, { type: 'include' }>

function readOne(
  source: SourceFile,
  role: FileRole,
  includedBy: Place | undefined,
  context: IncludeContext,
): { file: DependencyFile; includes: IncludeLine[]; unknown: { why: Text; at: Place }[] } {
  const decoded = decodeRequirements(source)
  const { lines, unknownVariables } = parseRequirementsFile(decoded.text, surroundings(role, context))
  const place = (span: { start: number; end: number }): Place => ({ file: source.path, span })
  const requirements: Requirement[] = []
  const includes: IncludeLine[] = []
  const problems: Problem[] = []
  let otherIndex = false
  for (const line of decoded.state === 'undecodable' ? [] : lines) {
    if (line.type === 'options')
      otherIndex ||= line.options.indexUrls.length > 0 || line.options.noIndex || line.options.findLinks.length > 0
    if (line.type === 'error') problems.push(line.problem)
    if (line.type === 'include') includes.push(line)
    if (line.type === 'requirement') requirements.push(ofLine(line.requirement, place, role, context.python))
  }
  const unknown = unknownVariables.map(({ name, span }) => ({ why: unknownVariable(name), at: place(span) }))
  const encoding = encodingOf(decoded, source.text)
  const file: DependencyFile = {
    path: source.path,
    format: 'requirements',
    role,
    problems,
    requirements,
    includedBy,
    otherIndex,
  }
  return {
    file: encoding === undefined ? file : { ...file, encoding },
    includes,
    unknown,
  }
}

/** NULs between letters are UTF-16 without a byte order mark: pip reads garbage. */
function encodingOf({ state }: DecodedRequirements, text: string): DependencyFile['encoding'] {
  if (state === 'utf-16' || state === 'undecodable') return state
  return text.includes('\0') ? 'binary' : undefined
}

const unknownVariable = (name: string): Text => ({
  en: `the value of ${name} during the build is not known`,
  fr: `la valeur de ${name} pendant le build n’est pas connue`,
})

function surroundings(role: FileRole, { tree, workingDirectory }: IncludeContext): Surroundings {
  return {
    constraint: role === 'constraint',
    variable: () => undefined,
    kind(path) {
      const full = path.startsWith('/') ? undefined : join(workingDirectory, path)
      return full === undefined ? 'outside' : full === '' ? 'directory' : tree.kind(full)
    },
  }
}

function ofLine(
  line: Extract<RequirementLine, { type: 'requirement' }>['requirement'],
  place: (span: { start: number; end: number }) => Place,
  role: FileRole,
  python: string | undefined,
): Requirement {
  return requirement(
    {
      rawName: line.name,
      at: place(line.span),
      role,
      extras: line.extras,
      specifiers: line.specifiers,
      marker: line.marker,
      markerText: line.markerText,
      url: line.url,
      editable: line.editable,
      hashes: line.hashes,
      versionAt: line.specifierSpan && place(line.specifierSpan),
    },
    python,
  )
}
