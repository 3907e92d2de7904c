import type { App } from '../../../src/app/app.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass } from '../../../src/app/asgi/python-code.ts'
import { isApp } from '../../../src/app/settings/apps.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import type { ClassDef } from '../../../src/syntax/python/ast.ts'

/** Apps of Django that keep what they are for in the database. */
const keeping = [
  'django.contrib.admin',
  'django.contrib.auth',
  'django.contrib.flatpages',
  'django.contrib.redirects',
  'django.contrib.sites',
]

/** Session engines that ask no database (django/contrib/sessions/backends of 3.2 to 6.0). */
const otherSessions = /^django\.contrib\.sessions\.backends\.(cache|file|signed_cookies)$/

/** Commands that open the default database. */
const asking: ReadonlySet<string> = new Set([
  'migrate',
  'loaddata',
  'createsuperuser',
  'flush',
  'clearsessions',
  'dumpdata',
])

/**
 * Whether the project surely has something that asks the default database: an app of Django's that keeps data, sessions in
 * it, a command, a model of its own. What other packages keep nobody looked up: they count for nothing here.
 */
export function asksDatabase(app: App): boolean {
  const { settings, processes } = app
  const keeps = judged(settings, 'INSTALLED_APPS', ({ value }) =>
    itemsOf(value)?.some((item) => keeping.some((name) => isApp(item, name))),
  )
  if (keeps !== undefined) return true
  const sessions = judged(settings, 'INSTALLED_APPS', ({ value }) =>
    itemsOf(value)?.some((item) => isApp(item, 'django.contrib.sessions')),
  )
  const elsewhere = judged(settings, 'SESSION_ENGINE', ({ value }) => otherSessions.test(plain(value) ?? ''))
  if (sessions !== undefined && elsewhere === undefined) return true
  if (processes.all.some(({ django }) => django.some(({ name, step }) => asking.has(name) && !step.fallback)))
    return true
  const code = codeOf(app)
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('models') === true ? code.file(path) : undefined
    return file !== undefined && [...file.classes.values()].some((one) => isModel(code, file, one.bases, 0))
  })
}

function isModel(code: Code, file: CodeFile, bases: ClassDef['bases'], depth: number): boolean {
  return bases.some((base) => {
    const dotted = dottedOf(base, file)
    if (dotted === undefined || depth > 6) return false
    if (
      /^django\.db\.models\.(base\.)?Model$|^django\.contrib\.\w+\.(models|base_user|base_session)\.\w+$/.test(dotted)
    )
      return true
    const found = findClass(code, dotted)
    return found !== undefined && found.node.bases !== bases && isModel(code, found.file, found.node.bases, depth + 1)
  })
}
