import type { App } from '../../../src/app/app.ts'
import { lineage } from '../../../src/app/asgi/lineage.ts'
import { type Code, codeOf, findClass } from '../../../src/app/asgi/python-code.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** Backends that ask the database what a user may do (django/contrib/auth/backends.py, allauth/account/auth_backends.py). */
const asking =
  /^(?:django\.contrib\.auth\.backends\.(?:AllowAllUsers)?(?:Model|RemoteUser)Backend|allauth\.account\.auth_backends\.AuthenticationBackend)$/

/** Packages whose backends say nothing of what a user may do. */
const silent = /^(?:axes|social_core)\./

/** Whether what a user may do is asked of the database before any other backend may answer, whichever settings are in use. */
export function asksDatabaseForPermissions(app: App): boolean {
  const alternatives = app.settings.get('AUTHENTICATION_BACKENDS')?.alternatives ?? []
  return alternatives.every(({ value }) => asksFirst(codeOf(app), value))
}

function asksFirst(code: Code, value: Value): boolean {
  const paths = itemsOf(value)?.map(plain) ?? []
  const first = paths.find((path) => path === undefined || !silent.test(path))
  return first !== undefined && (asking.test(first) || isDerived(code, first))
}

/** A backend of the project that derives from one of these and answers nothing itself. */
function isDerived(code: Code, path: string): boolean {
  const found = findClass(code, path)
  if (found === undefined) return false
  const line = lineage(code, found.file, found.node)
  return (
    line.bases.some((base) => asking.test(base)) &&
    line.own.every(({ node }) => !node.body.some((one) => 'name' in one && /perm/.test(String(one.name))))
  )
}
