import fc from 'fast-check'
import { demandsOf } from '../../../src/app/dependencies/closure.ts'
import { fromText } from '../../../src/app/dependencies/requirement.ts'
import { resolve } from '../../../src/app/dependencies/resolve.ts'
import { dateOf, packageHistory } from '../../../src/knowledge/packages/packages.ts'

export interface Question {
  readonly python: string
  readonly lines: readonly string[]
}

const stack = [
  'django',
  'channels',
  'channels-redis',
  'daphne',
  'redis',
  'asgiref',
  'uvicorn',
  'uvicorn-worker',
  'gunicorn',
  'twisted',
  'autobahn',
  'msgpack',
  'django-redis',
  'celery',
  'kombu',
  'aioredis',
  'asgi-redis',
  'whitenoise',
  'django-heroku',
  'websockets',
  'django-celery-beat',
  'django-timezone-field',
  'djangorestframework-simplejwt',
  'pyjwt',
  'djoser',
  'amqp',
  'vine',
  'requests',
  'urllib3',
  'charset-normalizer',
]

/** Releases of a package that a project of the last years may pin. */
const versions = (name: string): readonly string[] =>
  (packageHistory(name)?.releases ?? []).filter((one) => dateOf(one) > '2017').map(({ version }) => version)

const line = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...versions(name)),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant('==') },
        { weight: 1, arbitrary: fc.constantFrom('>=', '<', '<=', '~=', '') },
      ),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: fc.constantFrom('[daphne]', '[standard]', '[redis]', '[hiredis]') },
      ),
    )
    .map(([version, operator, extra]) =>
      operator === ''
        ? name + extra
        : `${name}${extra}${operator}${operator === '~=' ? version.split('.').slice(0, 2).join('.') : version}`,
    )

export const question: fc.Arbitrary<Question> = fc.record({
  python: fc.constantFrom('3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'),
  lines: fc
    .subarray(stack, { minLength: 2, maxLength: 6 })
    .chain((names) => fc.tuple(...names.map(line)))
    .map((lines) => [...lines]),
})

/** Our answer: satisfiable or not. */
export function answer({ python, lines }: Question): boolean | 'undecided' {
  const at = { file: 'requirements.txt', span: { start: 0, end: 0 } }
  const requirements = lines.flatMap((text) => fromText(text, at, { role: 'install', group: undefined }, python) ?? [])
  const solution = resolve(demandsOf(requirements, []), python)
  return solution === 'undecided' ? 'undecided' : solution !== 'unsatisfiable'
}

/** The guide's four pins, on a Python that has all of them and on one that has not. */
export const guide: readonly Question[] = ['3.9', '3.12'].map((python) => ({
  python,
  lines: ['channels==4.1.0', 'channels-redis==4.2.0', 'redis==7.1.0', 'daphne==4.1.1'],
}))
