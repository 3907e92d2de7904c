import {
  dynoEnvironment,
  evaluateMarker,
  type Marker,
  type MarkerEnvironment,
} from '../../syntax/requirements/marker.ts'

const VERSIONS = ['python_version', 'python_full_version', 'implementation_version']

/** Whether a marker holds on the dyno for one extra (empty: none); undefined when it cannot be told. A minor version means its newest patch. */
export function dynoAnswers(marker: Marker, python: string | undefined, extra: string): boolean | undefined {
  const patched = python?.split('.').length === 2 ? `${python}.99` : (python ?? '3.14')
  const environment: MarkerEnvironment = { ...dynoEnvironment(patched), extra }
  if (python !== undefined) return evaluateMarker(marker, environment)
  return evaluateMarker(
    marker,
    Object.fromEntries(Object.entries(environment).filter(([name]) => !VERSIONS.includes(name))),
  )
}
