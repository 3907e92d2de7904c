import type { EvaluatedPath, Event } from '../../evaluate/python/evaluation.ts'
import { plain, type Value } from '../../evaluate/python/value.ts'

/** A call of something that is not modelled. */
type Call = Extract<Event, { type: 'call' }>

/**
 * What the settings that a Celery application reads begin with (`CELERY` of `namespace='CELERY'`), the empty text where they have no such
 * beginning; `elsewhere`: it reads what nobody knows. Undefined: nothing hands it any.
 */
export function celeryNamespace(path: EvaluatedPath): { readonly prefix: string } | 'elsewhere' | undefined {
  const [call, another] = path.events.filter(
    (event): event is Call => event.type === 'call' && event.path === 'celery.Celery().config_from_object',
  )
  if (call === undefined) return undefined
  const { positional, keywords, open } = call.args
  const namespace = keywords.get('namespace') ?? positional[3]
  if (another !== undefined || open || !isDjangoSettings(positional[0] ?? keywords.get('obj'))) return 'elsewhere'
  const prefix = namespace === undefined || namespace.type === 'none' ? '' : plain(namespace)
  return prefix === undefined ? 'elsewhere' : { prefix }
}

function isDjangoSettings(value: Value | undefined): boolean {
  if (value?.type === 'external') return value.path === 'django.conf.settings'
  return /^django\.conf[:.]settings$/.test(plain(value) ?? '')
}
