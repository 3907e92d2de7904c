import type { Text } from '../../contracts/text.ts'
import { normaliseName } from './marker.ts'
import { formatVersion, parseVersion } from './version.ts'

const VERSION_CONTROL = new Set([
  ...['http', 'https', 'ssh', 'git', 'file'].map((transport) => `git+${transport}`),
  ...['http', 'https', 'ssh', 'sftp', 'ftp', 'lp', 'file'].map((transport) => `bzr+${transport}`),
  ...['file', 'http', 'https', 'ssh', 'static-http'].map((transport) => `hg+${transport}`),
  ...['ssh', 'http', 'https', 'svn', 'file'].map((transport) => `svn+${transport}`),
])

const ARCHIVE = /\.(?:zip|whl|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i

/** Scheme in lower case as Python's `urlsplit` finds it; empty when there is none. */
export function urlScheme(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

export const isVersionControl = (scheme: string): boolean => VERSION_CONTROL.has(scheme)

export function isUrl(text: string): boolean {
  const scheme = urlScheme(text)
  return ['http', 'https', 'file', 'ftp'].includes(scheme) || isVersionControl(scheme)
}

/** Whether a path ends as an archive pip can install; the name before the ending must not be empty. */
export function isArchive(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const match = ARCHIVE.exec(name)
  return match !== null && match.index > 0
}

/** `#egg=name` of a URL. */
export const eggName = (url: string): string | undefined => /[#&]egg=([^&]*)/.exec(url)?.[1]

/** Why pip rejects a URL or path before it fetches anything. */
export function linkProblem(url: string): Text | undefined {
  const egg = eggName(url)
  if (egg !== undefined && !/^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i.test(egg))
    return { en: `#egg=${egg} is no project name`, fr: `#egg=${egg} n’est pas un nom de projet` }
  const authority = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/i.exec(url)?.[1] ?? ''
  const address = /^[^[\]]*\[(?:[0-9a-f.]*:[0-9a-f:.]*(?:%.+)?|v[0-9a-f]+\..+)\][^[\]]*$/i
  if (/[[\]]/.test(authority) && !address.test(authority))
    return { en: 'the host of this URL is malformed', fr: 'l’hôte de cette URL est mal formé' }
  if (urlScheme(url) === 'file' && !url.startsWith('file:'))
    return { en: 'pip wants the scheme file: in small letters', fr: 'pip veut le schéma file: en minuscules' }
  if (urlScheme(url) === 'file' && authority !== '' && authority !== 'localhost')
    return {
      en: 'a file: URL can name no other host',
      fr: 'une URL file: ne peut pas désigner un autre hôte',
    }
  return undefined
}

/** Project and version in a wheel's file name; undefined when the URL is none, `malformed` when pip rejects the name. */
export function wheelOf(url: string): { name: string; version: string } | 'malformed' | undefined {
  const scheme = urlScheme(url)
  const path =
    scheme === ''
      ? url
      : url
          .slice(scheme.length + 1)
          .replace(/[?#].*$/s, '')
          .replace(/^\/\/[^/]*/, '')
  const file = decoded(path.replace(/\/+$/, '')).split('/').at(-1) ?? ''
  if (!/.\.whl$/i.test(file)) return undefined
  const stem = file.slice(0, -4)
  const parts = stem.split('-')
  if (!file.endsWith('.whl') || (parts.length !== 5 && parts.length !== 6)) return 'malformed'
  const [name = '', written = ''] = parts
  const version = parseVersion(written)
  const build = parts.length === 6 ? (parts[2] as string) : '1'
  if (name.includes('__') || !/^[\p{L}\p{N}_.]+$/u.test(name) || version === undefined) return 'malformed'
  if (!/^\d/.test(build) || !validTags(parts.slice(-3))) return 'malformed'
  return { name: normaliseName(name), version: formatVersion(version) }
}

function validTags([interpreters = '', ...others]: readonly string[]): boolean {
  const identifiers = interpreters.split('.').every((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part))
  return identifiers && others.every((set) => set.split('.').every((part) => part !== ''))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
