import {
  dynoEnvironment,
  evaluateMarker,
  type Marker,
  type MarkerEnvironment,
} from '../../syntax/requirements/marker.ts'

/** Whether a marker holds on the dyno for one extra (empty: none); undefined when it cannot be told. A minor version means its newest patch. */
export function dynoAnswers(marker: Marker, python: string | undefined, extra: string): boolean | undefined {
  if (python !== undefined) return under(marker, python, extra)
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
