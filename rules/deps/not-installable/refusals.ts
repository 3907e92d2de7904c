import type { App } from '../../../src/app/app.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { hashesEdit, removalEdit } from '../../../src/app/dependencies/text-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { knownPackages } from '../../../src/knowledge/packages/packages.ts'

/** A line that pip reads and refuses to install. */
export interface RefusedLine {
  /**
   * - `hash`: a package without a hash, while another line has one; `hash-brought`: one that a listed package brings;
   * - `no-project`: a folder without setup.py and pyproject.toml. A path that is not there is no requirement at all.
   */
  readonly kind: 'hash' | 'hash-brought' | 'no-project'
  readonly requirement: Requirement
  /** The package without a hash, or the path. */
  readonly name: string
  /** The line that has a hash. */
  readonly beside: Requirement | undefined
  readonly edits: readonly Edit[] | undefined
}

/** What pip itself refuses of what the build hands it; other installers check their own locks. */
export function refusals(app: App): RefusedLine[] {
  if (app.dependencies.manager !== 'pip') return []
  const paths = app.dependencies.requirements.flatMap((requirement) => pathRefusal(app, requirement) ?? [])
  const hash = hashRefusal(app)
  return hash === undefined ? paths : [...paths, hash]
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
  const brought = knownPackages().find((name) => {
    const { state, transitive } = dependencies.installed(name)
    return state === 'installed' && transitive && !isHashed(name)
  })
  return brought === undefined
    ? undefined
    : { kind: 'hash-brought', requirement: beside, name: brought, beside, edits: undefined }
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
