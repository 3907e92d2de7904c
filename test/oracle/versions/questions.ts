import fc from 'fast-check'
import { dynoEnvironment, evaluateMarker } from '../../../src/syntax/requirements/marker.ts'
import { isError, parseMarker } from '../../../src/syntax/requirements/requirement.ts'
import { admitted, contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { compareVersions, formatVersion, parseVersion } from '../../../src/syntax/requirements/version.ts'

export type Question =
  | readonly ['compare', string, string]
  | readonly ['contains', string, string]
  | readonly ['choose', string, readonly string[]]
  | readonly ['marker', string, Readonly<Record<string, unknown>>]

const number = fc.oneof(
  { weight: 8, arbitrary: fc.nat(3).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('00', '01', '10', '2024', '20241122', '99999999999999999999') },
)
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
const separator = fc.constantFrom('', '', '.', '-', '_')
const part = (names: readonly string[]) =>
  fc
    .tuple(separator, fc.constantFrom(...names), separator, fc.constantFrom('', '0', '1', '2', '12'))
    .map((p) => p.join(''))
const maybe = (arbitrary: fc.Arbitrary<string>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight, arbitrary })
const pre = maybe(part(['a', 'b', 'rc', 'alpha', 'beta', 'c', 'pre', 'preview', 'RC']))
const post = maybe(fc.oneof(part(['post', 'rev', 'r']), fc.constant('-1')))
const dev = maybe(part(['dev', 'DEV']))
const local = maybe(fc.constantFrom('+1', '+abc', '+abc.1', '+ABC-2', '+01', '+a.b_c', '+2.a'))
const epoch = fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('0!', '1!') })
const prefix = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('v', 'V', ' ') },
)
const version = fc.tuple(prefix, epoch, release, pre, post, dev, local).map((parts) => parts.join(''))
const anyText = fc.oneof(
  { weight: 20, arbitrary: version },
  { weight: 1, arbitrary: fc.constantFrom('', 'x', '1.', '1..2', '1+', 'latest', '1.0-') },
)

const operator = fc.constantFrom('==', '!=', '<=', '>=', '<', '>', '~=', '===')
const bound = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(epoch, release, pre, post, dev).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: version },
  { weight: 2, arbitrary: release.map((text) => `${text}.*`) },
)
const clause = fc.tuple(operator, fc.constantFrom('', '', ' '), bound).map((parts) => parts.join(''))
const specifiers = fc.array(clause, { minLength: 1, maxLength: 3 }).map((clauses) => clauses.join(','))

const pythons = ['3.8', '3.9.18', '3.10.13', '3.12', '3.13.0', '3.14.7']
const variable = fc.constantFrom(
  'python_version',
  'python_full_version',
  'os_name',
  'sys_platform',
  'platform_machine',
  'platform_system',
  'implementation_name',
  'implementation_version',
  'platform_python_implementation',
  'extra',
  'os.name',
  'sys.platform',
)
const value = fc
  .constantFrom(
    '3',
    '3.8',
    '3.9',
    '3.10',
    '3.12',
    '3.13',
    '3.9.*',
    '2.7, 3.9',
    'linux',
    'win32',
    'posix',
    'nt',
    'Linux',
    'CPython',
    'cpython',
    'x86_64',
    'arm64',
    'dev',
    '',
    '3.13.0rc1',
    'lin',
  )
  .map((text) => `"${text}"`)
const comparator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '~=', '===', ' in ', ' not in ')
const comparison = fc.oneof(
  fc.tuple(variable, comparator, value).map((parts) => parts.join('')),
  fc.tuple(value, comparator, variable).map((parts) => parts.join('')),
)
const markerText: fc.Arbitrary<string> = fc
  .tuple(comparison, fc.array(fc.tuple(fc.constantFrom(' and ', ' or '), comparison, fc.boolean()), { maxLength: 3 }))
  .map(([first, rest]) =>
    rest.reduce((text, [joint, next, group]) => (group ? `(${text})${joint}${next}` : `${text}${joint}${next}`), first),
  )

export const question: fc.Arbitrary<Question> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant('compare' as const), anyText, anyText) },
  { weight: 5, arbitrary: fc.tuple(fc.constant('contains' as const), anyText, specifiers) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('choose' as const), specifiers, fc.array(version, { maxLength: 8 })) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constant('marker' as const),
      markerText,
      fc.constantFrom(...pythons.map((python) => ({ ...dynoEnvironment(python) }))),
    ),
  },
)

/** Our answer in the shape of packaging_reader.py. */
export function answer(asked: Question): unknown {
  switch (asked[0]) {
    case 'compare': {
      const [a, b] = [parseVersion(asked[1]), parseVersion(asked[2])]
      if (a === undefined || b === undefined) return [a ? formatVersion(a) : false, b ? formatVersion(b) : false]
      return Math.sign(compareVersions(a, b))
    }
    case 'contains': {
      const parsed = parseSpecifiers(asked[2])
      return parsed === undefined ? 'invalid' : contains(parsed, asked[1])
    }
    case 'choose': {
      const parsed = parseSpecifiers(asked[1])
      return parsed === undefined ? 'invalid' : admitted(parsed, asked[2])
    }
    case 'marker': {
      const parsed = parseMarker(asked[1])
      if (isError(parsed)) return 'invalid'
      return evaluateMarker(parsed, { ...asked[2], extra: '' } as Record<string, string>) ?? 'undefined'
    }
  }
}
