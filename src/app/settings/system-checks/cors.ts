import { knownText, splitUrl } from '../../../evaluate/python/libraries/support/url.ts'
import { plain, type Value } from '../../../evaluate/python/value.ts'
import { atLeast } from '../versions.ts'
import { isInstalled } from './admin.ts'
import { all, allItems, any, isOf, not, some } from './answers.ts'
import type { Answer, Around, SettingsHeld, SystemCheck } from './model.ts'

/** What an origin lacks or has too much of: `null` and `file://` are origins as well. */
function faultOf(item: Value): 'incomplete' | 'more' | 'none' | undefined {
  const text = plain(item)
  if (text === 'null' || text === 'file://') return 'none'
  const url = item.type === 'str' ? splitUrl(item.parts) : undefined
  if (url === undefined) return undefined
  if (url.scheme.length === 0 || url.netloc === undefined || url.netloc.length === 0) {
    return text === undefined ? undefined : 'incomplete'
  }
  // The first release told `;` apart from the path; nobody writes one.
  const rest = [url.path, url.query, url.fragment]
  if (rest.some((part) => (knownText(part) ?? part.find((one) => typeof one === 'string')) !== '' && part.length > 0)) {
    return rest.some((part) => part.some((one) => typeof one === 'string' && one !== '')) ? 'more' : undefined
  }
  return 'none'
}

const is = (item: Value, fault: 'incomplete' | 'more'): Answer => {
  const found = faultOf(item)
  return found && found === fault
}

/** The newer name wins; before 3.5 there was the older alone. */
function named(held: SettingsHeld, names: readonly [string, string]): Value | undefined {
  const name = names.find((one) => held.binds(one))
  return name === undefined ? undefined : held.get(name)
}

const origins = ['CORS_ALLOWED_ORIGINS', 'CORS_ORIGIN_WHITELIST'] as const
const everybody = ['CORS_ALLOW_ALL_ORIGINS', 'CORS_ORIGIN_ALLOW_ALL'] as const

function ofCors(
  id: string,
  names: readonly [string, string],
  raised: (value: Value) => Answer,
  culprit?: (item: Value) => Answer,
): SystemCheck {
  return {
    id,
    asks: ['INSTALLED_APPS', ...names],
    standsAt: names,
    raised: (held, { app }: Around) => {
      const value = named(held, names)
      if (value === undefined || atLeast(app.dependencies, 'django-cors-headers', '3.7') !== true) return false
      return all(isInstalled(held, 'corsheaders'), raised(value))
    },
    ...(culprit && {
      culprit: (held) => allItems(named(held, names) as Value)?.find((item) => culprit(item) === true),
    }),
  }
}

/** `Sequence` and every item of it a text, without which the origins are not looked at. */
function isSequenceOfTexts(value: Value): Answer {
  return all(isOf(value, 'list', 'tuple'), not(some(value, (item) => not(isOf(item, 'str')))))
}

const someOrigin = (value: Value, fault: 'incomplete' | 'more') =>
  all(
    isSequenceOfTexts(value),
    some(value, (item) => is(item, fault)),
  )

/** corsheaders/checks.py of django-cors-headers 3.7 to 4.9: what most often stands in a project’s settings. */
export const corsChecks: readonly SystemCheck[] = [
  ofCors('corsheaders.E005', everybody, (value) => not(isOf(value, 'bool'))),
  ofCors('corsheaders.E006', origins, (value) =>
    // A text is a sequence of texts, and each letter an origin without a scheme.
    value.type === 'str' ? false : not(isSequenceOfTexts(value)),
  ),
  ofCors(
    'corsheaders.E013',
    origins,
    (value) => any(value.type === 'str' ? value.parts.length > 0 : false, someOrigin(value, 'incomplete')),
    (item) => is(item, 'incomplete'),
  ),
  ofCors(
    'corsheaders.E014',
    origins,
    (value) => someOrigin(value, 'more'),
    (item) => is(item, 'more'),
  ),
]
