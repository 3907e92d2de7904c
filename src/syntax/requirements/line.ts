import type { Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type Mapped, slice, spanOf, strip, stripped } from './lines.ts'
import type { Marker } from './marker.ts'
import { isError, type ParsedRequirement, parseMarker, parseRequirement, type RequirementError } from './requirement.ts'
import type { Specifier } from './specifier.ts'
import { eggName, isArchive, isUrl, isVersionControl, linkProblem, urlScheme, wheelOf } from './url.ts'

/** What pip sees around the line it reads. */
export interface Surroundings {
  /** The file restrains versions (`-c`) and installs nothing. */
  readonly constraint: boolean
  /** What a path relative to the working directory is; `outside` when it leaves the tree and cannot be known. */
  kind(path: string): 'file' | 'directory' | 'outside' | undefined
  /** Value of an environment variable, if known. */
  variable(name: string): string | undefined
}

/** One requirement of a requirements file. Spans are offsets into the file. */
export interface FileRequirement {
  /** Empty when a URL or path names no project. */
  readonly name: string
  readonly extras: readonly string[]
  readonly specifiers: readonly Specifier[]
  readonly marker: Marker | undefined
  readonly markerText: string | undefined
  /** URL, or path as written. */
  readonly url: string | undefined
  readonly editable: boolean
  readonly hashes: readonly string[]
  /** From the name to the end of the specifiers, or the URL; the marker included. */
  readonly span: Span
  readonly specifierSpan: Span | undefined
}

interface Rejected {
  readonly error: { readonly span: Span; readonly message: Text }
}

const reject = (mapped: Mapped, message: Text, start = 0, end = mapped.text.length): Rejected => ({
  error: { span: { start, end }, message },
})

/** `path[extra]` -> path and `[extra]`; undefined without brackets at the end. */
function splitExtras(text: string): { path: string; brackets: string } | undefined {
  const at = text.endsWith(']') ? text.lastIndexOf('[') : -1
  const brackets = text.slice(at)
  if (at < 1 || brackets.length < 3 || brackets.slice(0, -1).includes(']')) return undefined
  return { path: text.slice(0, at).trimEnd(), brackets }
}

interface Source {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  readonly url: string | undefined
  readonly marker: Marker | undefined
  readonly specifierSpan: Span | undefined
}

/** Reads `name[extra]>=1 ; marker`, a URL or a path as pip's `install_req_from_line` does. */
export function readRequirement(
  line: Mapped,
  hashes: readonly string[],
  surroundings: Surroundings,
): FileRequirement | Rejected {
  const separator = isUrl(line.text) ? '; ' : ';'
  const at = line.text.indexOf(separator)
  const head = stripped(at < 0 ? line : slice(line, 0, at))
  const markerText = at < 0 ? '' : strip(line.text.slice(at + separator.length))
  const marker = markerText === '' ? undefined : parseMarker(markerText)
  if (marker !== undefined && isError(marker)) {
    const shift = line.text.indexOf(markerText, at + separator.length)
    return reject(line, marker.message, shift + marker.span.start, shift + marker.span.end)
  }
  const source = readSource(head, surroundings)
  if ('error' in source) return source
  const problem = source.url === undefined ? undefined : linkProblem(source.url)
  if (problem !== undefined) return reject(head, problem)
  return {
    ...source,
    marker: marker ?? source.marker,
    markerText: marker === undefined ? undefined : markerText,
    editable: false,
    hashes,
    span: spanOf(line, 0, strip(line.text).length),
    specifierSpan: source.specifierSpan && spanOf(head, source.specifierSpan.start, source.specifierSpan.end),
  }
}

function readSource(head: Mapped, surroundings: Surroundings): Source | Rejected {
  const { text } = head
  if (isUrl(text)) return fromLink(head, text, [])
  const withExtras = splitExtras(text.replace(/(?:\/\.?)+$/, ''))
  const extras = withExtras === undefined ? [] : placeholderExtras(withExtras.brackets)
  if (extras === undefined)
    return reject(head, { en: 'the extras in brackets are malformed', fr: 'les extras entre crochets sont mal formés' })
  const path = withExtras?.path ?? text
  const local = localPath(path, text, surroundings)
  if (local === 'not-installable')
    return reject(head, {
      en: 'this folder holds neither pyproject.toml nor setup.py, so pip cannot install it',
      fr: 'ce dossier ne contient ni pyproject.toml ni setup.py : pip ne peut pas l’installer',
    })
  if (local) return fromLink(head, path, extras)
  const parsed = parseRequirement(text)
  if (isError(parsed)) return rejectedRequirement(head, parsed)
  const source = fromParsed(parsed)
  // pip lets extras at the end of a path win over those of the name.
  return extras.length > 0 ? { ...source, extras } : source
}

const fromParsed = ({ name, extras, specifiers, url, marker, specifierSpan }: ParsedRequirement): Source => ({
  name,
  extras,
  specifiers,
  url,
  marker,
  specifierSpan,
})

/** Whether pip takes the text for a file or folder. */
function localPath(path: string, text: string, surroundings: Surroundings): boolean | 'not-installable' {
  const looksLikePath = text.includes('/') || text.startsWith('.')
  const kind = looksLikePath || isArchive(path) ? surroundings.kind(path) : undefined
  if (looksLikePath && kind === 'directory') {
    const installable = ['pyproject.toml', 'setup.py'].some((file) => surroundings.kind(`${path}/${file}`) === 'file')
    return installable ? true : 'not-installable'
  }
  if (!isArchive(path)) return false
  if (kind === 'file') return true
  const [before = '', ...after] = text.split('@')
  return !(after.length > 0 && !before.includes('/') && !before.startsWith('.'))
}

function fromLink(head: Mapped, url: string, extras: readonly string[]): Source | Rejected {
  const wheel = wheelOf(url)
  if (wheel === 'malformed')
    return reject(head, { en: 'this is no wheel file name', fr: 'ce n’est pas un nom de fichier wheel' })
  const problem = linkProblem(url)
  if (problem !== undefined) return reject(head, problem)
  const base = { url, extras, marker: undefined, specifierSpan: undefined }
  if (wheel !== undefined) {
    const specifiers: Specifier[] = [{ operator: '==', version: wheel.version }]
    return { ...base, name: wheel.name, specifiers }
  }
  return { ...base, name: eggName(url) ?? '', specifiers: [] }
}

function rejectedRequirement(head: Mapped, { span, message }: RequirementError): Rejected {
  const single = /^[A-Za-z0-9._-]+\s*(\[[^\]]*\]\s*)?=(?!=)/.exec(head.text)
  if (single === null || /~=|!=|<=|>=|</.test(single[0])) return reject(head, message, span.start, span.end)
  const end = single[0].length
  return reject(
    head,
    {
      en: '= is no operator; write == to pin a version',
      fr: '« = » n’est pas un opérateur ; écrivez == pour épingler une version',
    },
    end - 1,
    end,
  )
}

/** `[a, b]` -> a, b in lower case; undefined when malformed. */
function placeholderExtras(brackets: string): readonly string[] | undefined {
  const parsed = parseRequirement(`placeholder${brackets.toLowerCase()}`)
  return isError(parsed) ? undefined : parsed.extras
}

/** Reads the value of `-e` as pip's `install_req_from_editable` does. */
export function readEditable(line: Mapped, surroundings: Surroundings): FileRequirement | Rejected {
  if (surroundings.constraint)
    return reject(line, {
      en: 'pip accepts no editable requirement in a constraints file',
      fr: 'pip n’accepte pas de dépendance modifiable (-e) dans un fichier de contraintes',
    })
  const source = editableSource(line, surroundings)
  if ('error' in source) return source
  return {
    ...source,
    markerText: undefined,
    editable: true,
    hashes: [],
    span: spanOf(line, 0, line.text.length),
    specifierSpan: undefined,
  }
}

function editableSource(line: Mapped, surroundings: Surroundings): Source | Rejected {
  const direct = parseRequirement(line.text)
  if (!isError(direct) && direct.url !== undefined) {
    const problem = linkProblem(direct.url)
    if (problem !== undefined) return reject(line, problem)
    const scheme = urlScheme(direct.url)
    return isVersionControl(scheme) || direct.url.startsWith('file:') ? fromParsed(direct) : notEditable(line)
  }
  const match = splitExtras(line.text)
  const extras = match === undefined ? [] : placeholderExtras(match.brackets)
  if (extras === undefined)
    return reject(line, { en: 'the extras in brackets are malformed', fr: 'les extras entre crochets sont mal formés' })
  const path = match?.path ?? line.text
  const plain = { specifiers: [], marker: undefined, specifierSpan: undefined }
  const kind = path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path) ? undefined : surroundings.kind(path)
  if (kind === 'directory' || kind === 'outside') return { ...plain, name: '', url: path, extras }
  if (path.toLowerCase().startsWith('file:')) {
    const problem = linkProblem(path)
    return problem === undefined ? { ...plain, name: eggName(path) ?? '', url: path, extras } : reject(line, problem)
  }
  const control = ['git', 'hg', 'bzr', 'svn'].find((name) => line.text.toLowerCase().startsWith(`${name}:`))
  const url = control === undefined ? line.text : `${control}+${line.text}`
  const problem = linkProblem(url)
  if (problem !== undefined) return reject(line, problem)
  if (!isVersionControl(urlScheme(url))) return notEditable(line)
  const name = eggName(url)
  if (name === undefined)
    return reject(line, {
      en: 'pip cannot tell the name of this project; write name @ URL',
      fr: 'pip ne peut pas trouver le nom de ce projet ; écrivez nom @ URL',
    })
  return { ...plain, name, url, extras: [] }
}

const notEditable = (line: Mapped): Rejected =>
  reject(line, {
    en: '-e takes a local folder that exists or a version-control URL (git+https://…)',
    fr: '-e attend un dossier local qui existe ou une URL de gestion de versions (git+https://…)',
  })
