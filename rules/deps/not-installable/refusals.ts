import type { App } from '../../../src/app/app.ts'
import { candidates, type NeededRelease, requiredBy } from '../../../src/app/dependencies/candidates.ts'
import { dynoAnswers } from '../../../src/app/dependencies/dyno-marker.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { nearVersion } from '../../../src/app/dependencies/proposal.ts'
import { releaseOf } from '../../../src/app/dependencies/releases.ts'
import { hashesEdit, pinEdit, removalEdit } from '../../../src/app/dependencies/text-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { knownPackages, packageHistory } from '../../../src/knowledge/packages/packages.ts'
import { type RefusedMetadata, refusedMetadata } from '../../../src/knowledge/packages/refused-metadata.ts'
import { isInRange } from '../../../src/syntax/requirements/specifier.ts'

/** A line that pip reads and refuses to install. */
export interface RefusedLine {
  /**
   * - `hash`: a package without a hash, while another line has one; `hash-brought`: one that a listed package brings;
   * - `metadata`: each release that the line admits has metadata that pip cannot read;
   * - `no-project`: a folder without setup.py and pyproject.toml. A path that is not there is no requirement at all.
   */
  readonly kind: 'hash' | 'hash-brought' | 'metadata' | 'no-project'
  readonly requirement: Requirement
  /** The package without a hash, or the path. */
  readonly name: string
  /** The line that has a hash. */
  readonly beside: Requirement | undefined
  readonly edits: readonly Edit[] | undefined
  readonly metadata?: RefusedMetadata | undefined
}

/** What pip itself refuses of what the build hands it; other installers check their own locks. */
export function refusals(app: App): RefusedLine[] {
  if (app.dependencies.manager !== 'pip') return []
  const paths = app.dependencies.requirements.flatMap((requirement) => pathRefusal(app, requirement) ?? [])
  const hash = hashRefusal(app)
  return [...paths, ...(hash === undefined ? [] : [hash]), ...unreadable(app)]
}

/** Pins and ranges that leave pip nothing but releases whose metadata it ignores (pip/_internal/metadata of 24.1: `packaging` alone reads them). */
function unreadable(app: App): RefusedLine[] {
  const { dependencies, manifest } = app
  if (!['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return []
  // A buildpack of a certain release (`….git#v210`) may bring an older pip.
  const buildpacks = app.snapshot?.buildpacks ?? manifest.appJson?.buildpacks ?? []
  if (buildpacks.some(({ text }) => text.includes('#'))) return []
  return refusedMetadata.flatMap((metadata): RefusedLine[] => {
    const name = metadata.package
    const lines = dependencies.declared(name).filter(({ applies, url }) => applies === true && url === undefined)
    const requirement = lines.find(({ range }) => range !== '')
    const specifiers = lines.flatMap((one) => one.specifiers)
    const releases = candidates(name, specifiers, dependencies.python.minor)
    if (requirement === undefined || dependencies.installed(name).state !== 'installed' || releases.length === 0)
      return []
    if (releases.some(({ version }) => !isInRange(metadata.affected, version))) return []
    const wanted = nearVersion(app, name, metadata.good)
    const edit = wanted === undefined || lines.length > 1 ? undefined : pinEdit(app, requirement, wanted)
    const rest = { beside: undefined, edits: edit && [edit], metadata }
    return [{ kind: 'metadata', requirement, name: requirement.rawName, ...rest }]
  })
}

/**
 * `pip install -r` with a hash on any line, one of a constraints file included, wants one for everything it installs, also
 * for what other packages bring (pip/_internal/cli/req_command.py, operations/prepare.py of pip 23 to 25).
 */
function hashRefusal(app: App): RefusedLine | undefined {
  const { dependencies } = app
  const written = [...dependencies.requirements, ...dependencies.constraints]
  const beside = written.find(({ hashes }) => hashes.length > 0)
  if (beside === undefined) return undefined
  const isHashed = (name: string) => written.some((one) => one.name === name && one.hashes.length > 0)
  const bare = dependencies.requirements.find(
    ({ name, applies, url, hashes }) =>
      applies === true && hashes.length === 0 && !(name !== '' && isHashed(name)) && !/#.*\bsha\d+=/.test(url ?? ''),
  )
  if (bare !== undefined) {
    const isOnly = written.every(({ hashes }) => hashes.length === 0 || hashes === beside.hashes)
    const edit = isOnly ? hashesEdit(app, beside) : undefined
    const name = bare.rawName === '' ? (bare.url ?? '') : bare.rawName
    return { kind: 'hash', requirement: bare, name, beside, edits: edit && [edit] }
  }
  const isBrought = (name: string) => {
    const { state, transitive } = dependencies.installed(name)
    return state === 'installed' && transitive && !isHashed(name)
  }
  const brought = knownPackages().find(isBrought) ?? neededByPins(app).find(isBrought)
  return brought === undefined
    ? undefined
    : { kind: 'hash-brought', requirement: beside, name: brought, beside, edits: undefined }
}

/** What the pinned releases require for sure on the Python of the build, known or not. */
function neededByPins({ dependencies }: App): string[] {
  const { requirements, python } = dependencies
  if (python.minor === undefined) return []
  return requirements.flatMap(({ name, pin, extras, applies }) => {
    const release = pin && applies === true ? releaseOf(packageHistory(name)?.releases ?? [], pin) : undefined
    const sure = ({ marker }: NeededRelease) =>
      marker === undefined || ['', ...extras].some((extra) => dynoAnswers(marker, python.minor, extra) === true)
    return release
      ? requiredBy(release, extras, python.minor)
          .filter(sure)
          .map((one) => one.name)
      : []
  })
}

/** `-e .`, `./libs/chat`: relative to the folder in which the build runs pip, whichever file the line stands in. */
function pathRefusal(app: App, requirement: Requirement): RefusedLine | undefined {
  const { tree, presence, manifest } = app
  const { url, applies } = requirement
  const path = url === undefined || applies !== true ? undefined : localPath(url)
  if (path === undefined || !['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return undefined
  // The hook may make what is missing.
  if (tree.kind('bin/pre_compile') === 'file') return undefined
  const has = (name: string) => {
    const file = path === '' ? name : `${path}/${name}`
    return tree.kind(file) === 'file' && presence.isPresent(file)
  }
  const isProject = (path !== '' && tree.kind(path) !== 'directory') || has('setup.py') || has('pyproject.toml')
  if (isProject) return undefined
  const edit = removalEdit(app, requirement)
  return { kind: 'no-project', requirement, name: path === '' ? '.' : path, beside: undefined, edits: edit && [edit] }
}

/** A path inside the root, without extras (`.[dev]`); undefined: a URL, or a path that leaves the root. */
function localPath(url: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || !/^\.{1,2}(?:\/|\[|$)/.test(url)) return undefined
  const parts: string[] = []
  for (const part of url
    .replace(/\[[^\]]*\]$/, '')
    .replace(/#.*$/, '')
    .split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.pop() === undefined) return undefined
    if (part !== '..') parts.push(part)
  }
  return parts.join('/')
}
