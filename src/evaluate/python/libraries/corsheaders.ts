import { tuple } from '../constructors.ts'
import { library, nowhere } from '../library.ts'
import { constant } from './support/constants.ts'
import { olderThan } from './support/version.ts'

const methods = ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const headers = ['accept', 'authorization', 'content-type', 'user-agent', 'x-csrftoken', 'x-requested-with']
/** Headers of releases before 3.14. */
const olderHeaders = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'dnt',
  'origin',
  'user-agent',
  'x-csrftoken',
  'x-requested-with',
]

const defaultMethods = tuple(
  methods.map((name) => constant(name)),
  nowhere,
)

/** `corsheaders.defaults` of django-cors-headers, which settings extend. */
export const corsheadersDefaults = library('corsheaders.defaults', {
  default_methods: defaultMethods,
  default_headers: (run) => {
    const names = olderThan(run, 'django-cors-headers', '4') ? olderHeaders : headers
    return tuple(
      names.map((name) => constant(name)),
      nowhere,
    )
  },
})
