import type { Place } from '../../contracts/place.ts'
import {
  dynoEnvironment,
  evaluateMarker,
  type Marker,
  mentions,
  normaliseName,
} from '../../syntax/requirements/marker.ts'
import { isError, parseMarker, parseRequirement } from '../../syntax/requirements/requirement.ts'
import { formatSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import { isPinVersion } from '../../syntax/requirements/version.ts'
import type { FileRole, Requirement } from './model.ts'

/** What a reader of any format knows of one requirement; the rest has defaults. */
export interface Draft {
  readonly rawName: string
  readonly at: Place
  readonly role: FileRole
  readonly extras?: readonly string[]
  readonly specifiers?: readonly Specifier[]
  readonly marker?: Marker | undefined
  readonly markerText?: string | undefined
  readonly url?: string | undefined
  readonly editable?: boolean
  readonly hashes?: readonly string[]
  readonly versionAt?: Place | undefined
  readonly group?: string | undefined
  /** Overrides what the specifiers say, for formats that pin by other means. */
  readonly applies?: Requirement['applies']
}

/** The one version the specifiers allow. */
export function pinOf(specifiers: readonly Specifier[]): string | undefined {
  const exact = specifiers.find(
    ({ operator, version }) => operator === '===' || (operator === '==' && isPinVersion(version)),
  )
  return exact?.version
}

/** Fills in what follows from the rest. `python` is the version on the dyno, if known. */
export function requirement(draft: Draft, python: string | undefined): Requirement {
  const specifiers = draft.specifiers ?? []
  return {
    name: normaliseName(draft.rawName),
    rawName: draft.rawName,
    extras: [...new Set((draft.extras ?? []).map(normaliseName))],
    specifiers,
    range: formatSpecifiers(specifiers),
    pin: draft.url === undefined ? pinOf(specifiers) : undefined,
    marker: draft.markerText,
    applies: draft.applies ?? applies(draft.marker, python),
    url: draft.url,
    editable: draft.editable ?? false,
    hashes: draft.hashes ?? [],
    at: draft.at,
    versionAt: draft.versionAt ?? draft.at,
    group: draft.group,
    role: draft.role,
  }
}

/** Whether a marker holds on the dyno. Without a Python version, what asks for it is `unknown`. */
export function applies(marker: Marker | undefined, python: string | undefined): boolean | 'unknown' {
  if (marker === undefined) return true
  const { python_version, python_full_version, implementation_version, ...platform } = dynoEnvironment(python ?? '3.14')
  const environment =
    python === undefined ? platform : { ...platform, python_version, python_full_version, implementation_version }
  // A pin to a minor version leaves the patch open: markers on it are only known when every patch answers alike.
  if (python !== undefined && !/^\d+\.\d+\.\d+/.test(python) && mentions(marker, 'python_full_version')) {
    const answers = ['0', '99'].map((patch) => evaluateMarker(marker, { ...dynoEnvironment(`${python}.${patch}`) }))
    return answers[0] === answers[1] ? (answers[0] ?? 'unknown') : 'unknown'
  }
  return evaluateMarker(marker, environment as Record<string, string>) ?? 'unknown'
}

/** {@link applies} for a marker's text; a text that is no marker is `unknown`. */
export function markerApplies(text: string | undefined, python: string | undefined): boolean | 'unknown' {
  if (text === undefined || text.trim() === '') return true
  const marker = parseMarker(text)
  return isError(marker) ? 'unknown' : applies(marker, python)
}

/** A PEP 508 text of a manifest (`channels>=4; python_version > "3.8"`) that stands at `at` character by character. */
export function fromText(
  text: string,
  at: Place,
  rest: Pick<Draft, 'role' | 'group'>,
  python: string | undefined,
): Requirement | undefined {
  const parsed = parseRequirement(text)
  if (isError(parsed)) return undefined
  const shifted = ({ start, end }: { start: number; end: number }): Place => ({
    file: at.file,
    span: { start: at.span.start + start, end: at.span.start + end },
  })
  return requirement(
    {
      ...rest,
      rawName: parsed.name,
      at,
      extras: parsed.extras,
      specifiers: parsed.specifiers,
      marker: parsed.marker,
      markerText: parsed.markerSpan && text.slice(parsed.markerSpan.start, parsed.markerSpan.end).trim(),
      url: parsed.url,
      versionAt: parsed.specifierSpan && shifted(parsed.specifierSpan),
    },
    python,
  )
}
