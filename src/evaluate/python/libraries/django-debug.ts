import { dict, text } from '../constructors.ts'
import { library, type Method, type NativeClass, native, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { boundSettings } from './django.ts'

/** Names whose values the debug page hides (`hidden_settings` of django/views/debug.py in Django 6.1; older ones hide fewer). */
const hidden = /API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE/i

/** `cleanse_setting()`: by the name alone, in dicts by their keys; what a text holds is not looked at. */
function cleansed(run: PythonRun, name: string, value: Value): Value {
  if (hidden.test(name)) return text('********************', run.at)
  if (value.type === 'list' || value.type === 'tuple')
    return { ...value, items: value.items.map((item) => cleansed(run, '', item)) }
  if (value.type !== 'dict') return value
  const entries = value.entries.map((entry) => {
    const key = entry.key.type === 'str' ? plain(entry.key) : ''
    return {
      ...entry,
      value: key === undefined ? run.unknown(notModelled('cleanse_setting()')) : cleansed(run, key, entry.value),
    }
  })
  return dict(entries, value.at, value.rest)
}

/** Those that the project binds; Django's own defaults are among the rest. */
const safeSettings: Method = (run, self) => {
  const rest = run.unknown(notModelled('get_safe_settings()'))
  const bound = self.type === 'object' ? boundSettings(run) : undefined
  const entries = [...(bound ?? [])].map(([name, value]) => ({
    key: text(name, run.at),
    value: cleansed(run, name, value),
    at: run.at,
  }))
  return dict(entries, run.at, rest)
}

const filter: NativeClass = {
  class: 'django.views.debug.SafeExceptionReporterFilter',
  bases: [],
  methods: { get_safe_settings: safeSettings },
}

/** `django.views.debug`: what its page shows of the settings, which projects also log. */
export const djangoDebug = library('django.views.debug', {
  SafeExceptionReporterFilter: nativeClass(filter),
  get_default_exception_reporter_filter: native('django.views.debug.get_default_exception_reporter_filter', (run) =>
    boundSettings(run)?.has('DEFAULT_EXCEPTION_REPORTER_FILTER') === false
      ? object(filter, undefined, run.at)
      : run.unknown(notModelled('get_default_exception_reporter_filter()')),
  ),
})
