import { matches, parseSpecifier } from './specifier.ts'

/** A marker as PEP 508 writes it. A comparison's sides are a variable's name or a text. */
export type Marker =
  | { readonly type: 'and' | 'or'; readonly terms: readonly Marker[] }
  | { readonly type: 'compare'; readonly left: Operand; readonly operator: string; readonly right: Operand }

export interface Operand {
  readonly type: 'variable' | 'text'
  readonly value: string
}

/** Variables of a marker; those in `extras` and `dependency_groups` are sets. */
export type MarkerEnvironment = Readonly<Record<string, string | ReadonlySet<string>>>

/** What a marker sees on a dyno: Linux on x86-64, CPython. `python` is `3.12` or `3.12.4`. */
export function dynoEnvironment(python: string): MarkerEnvironment {
  const [major = '3', minor = '0', patch = '0'] = python.split('.')
  const full = `${major}.${minor}.${patch}`
  return {
    implementation_name: 'cpython',
    implementation_version: full,
    os_name: 'posix',
    platform_machine: 'x86_64',
    platform_python_implementation: 'CPython',
    platform_system: 'Linux',
    python_full_version: full,
    python_version: `${major}.${minor}`,
    sys_platform: 'linux',
  }
}

/** PEP 503: `Channels_Redis` -> `channels-redis`. */
export const normaliseName = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase()

const AS_VERSIONS = new Set(['implementation_version', 'platform_release', 'python_full_version', 'python_version'])

/**
 * Whether a marker holds. Undefined when it rests on a variable the environment lacks (an `extra`, the kernel's version)
 * or on a comparison PEP 508 does not define.
 */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): boolean | undefined {
  return hasInvalid(marker, environment) ? undefined : evaluate(marker, environment)
}

/** Installers stop at an undefined comparison, wherever it stands. */
function hasInvalid(marker: Marker, environment: MarkerEnvironment): boolean {
  if (marker.type !== 'compare') return marker.terms.some((term) => hasInvalid(term, environment))
  return compare(marker, environment) === 'invalid'
}

function evaluate(marker: Marker, environment: MarkerEnvironment): boolean | undefined {
  if (marker.type === 'compare') {
    const answer = compare(marker, environment)
    return answer === 'invalid' ? undefined : answer
  }
  const decisive = marker.type === 'or'
  let unknown = false
  for (const term of marker.terms) {
    const answer = evaluate(term, environment)
    if (answer === decisive) return decisive
    if (answer === undefined) unknown = true
  }
  return unknown ? undefined : !decisive
}

function compare(
  marker: Marker & { type: 'compare' },
  environment: MarkerEnvironment,
): boolean | 'invalid' | undefined {
  const { left, operator, right } = marker
  if (left.type === 'text' && right.type === 'text') return 'invalid'
  const key = left.type === 'variable' ? left.value : right.value
  const known = environment[key]
  if (known === undefined) return undefined
  const [l, r] = left.type === 'variable' ? [known, right.value] : [left.value, known]
  if (typeof l !== 'string') return 'invalid'
  if (typeof r !== 'string') {
    const names = new Set([...r].map(normaliseName))
    if (operator === 'in' || operator === 'not in') return names.has(normaliseName(l)) === (operator === 'in')
    return operator === '~=' || operator === '===' ? 'invalid' : operator === '!='
  }
  const [x, y] = key === 'extra' ? [normaliseName(l), normaliseName(r)] : [l, r]
  const specifier = AS_VERSIONS.has(key) ? parseSpecifier(operator + y) : undefined
  if (specifier !== undefined) return matches(specifier, x)
  switch (operator) {
    case 'in':
      return y.includes(x)
    case 'not in':
      return !y.includes(x)
    case '==':
    case '<=':
    case '>=':
      return x === y
    case '!=':
      return x !== y
    case '<':
    case '>':
      return false
    default:
      return 'invalid'
  }
}

/** Whether the marker names a variable anywhere. */
export function mentions(marker: Marker, variable: string): boolean {
  if (marker.type !== 'compare') return marker.terms.some((term) => mentions(term, variable))
  return [marker.left, marker.right].some(({ type, value }) => type === 'variable' && value === variable)
}
