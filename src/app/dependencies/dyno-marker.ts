import { getOrInsert } from '../../get-or-insert.ts'
import {
  dynoEnvironment,
  evaluateMarker,
  type Marker,
  type MarkerEnvironment,
} from '../../syntax/requirements/marker.ts'

/** Whether a marker holds on the dyno for one extra (empty: none); undefined when it cannot be told. A minor version means its newest patch. */
export function dynoAnswers(marker: Marker, python: string | undefined, extra: string): boolean | undefined {
  if (python !== undefined) return under(marker, python, extra)
  const known = getOrInsert(answers, marker, () => new Map<string, boolean | undefined>())
  if (!known.has(extra)) known.set(extra, underAny(marker, extra))
  return known.get(extra)
}

/** Markers of releases are asked again and again while versions are tried. */
const answers = new WeakMap<Marker, Map<string, boolean | undefined>>()

function underAny(marker: Marker, extra: string): boolean | undefined {
  const [first, ...others] = minors.map((minor) => under(marker, minor, extra))
  return others.every((one) => one === first) ? first : undefined
}

/** Every Python that a build or an image may have (devguide.python.org/versions): where all answer alike, the version does not matter. */
const minors = [7, 8, 9, 10, 11, 12, 13, 14].map((minor) => `3.${minor}`)

function under(marker: Marker, python: string, extra: string): boolean | undefined {
  const patched = python.split('.').length === 2 ? `${python}.99` : python
  const environment: MarkerEnvironment = { ...dynoEnvironment(patched), extra }
  return evaluateMarker(marker, environment)
}
