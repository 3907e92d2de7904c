import { expect, it } from 'vitest'
import { asksDatabaseForPermissions } from '../../../rules/asgi/blocking-call/backends.ts'
import { project } from '../../app/asgi/support.ts'

const backends = `from django.contrib.auth.backends import BaseBackend, ModelBackend
class MailBackend(ModelBackend):
    def authenticate(self, request, **credentials):
        return None
class TableBackend(BaseBackend):
    def has_perm(self, user_obj, perm, obj=None):
        return True
class CachedBackend(ModelBackend):
    def get_all_permissions(self, user_obj, obj=None):
        return {'chat.x'}
`

const asks = (...lines: string[]): boolean =>
  asksDatabaseForPermissions(
    project({
      'mysite/backends.py': backends,
      'mysite/settings.py': ["SECRET_KEY = 'x'", "INSTALLED_APPS = ['channels', 'chat']", ...lines, ''].join('\n'),
    }),
  )

it('asks the database by the backend of Django, also one that derives from it', () => {
  expect(asks()).toBe(true)
  expect(asks("AUTHENTICATION_BACKENDS = ['django.contrib.auth.backends.ModelBackend']")).toBe(true)
  expect(asks("AUTHENTICATION_BACKENDS = ['mysite.backends.MailBackend', 'mysite.backends.TableBackend']")).toBe(true)
  expect(
    asks(
      "AUTHENTICATION_BACKENDS = ['axes.backends.AxesStandaloneBackend', 'django.contrib.auth.backends.ModelBackend']",
    ),
  ).toBe(true)
})

it('may not where another backend answers first, or nothing is known of it', () => {
  expect(asks("AUTHENTICATION_BACKENDS = ['mysite.backends.TableBackend']")).toBe(false)
  expect(asks("AUTHENTICATION_BACKENDS = ['mysite.backends.CachedBackend']")).toBe(false)
  expect(asks("AUTHENTICATION_BACKENDS = ['rules.permissions.ObjectPermissionBackend']")).toBe(false)
  expect(asks('import os', "AUTHENTICATION_BACKENDS = os.environ['BACKENDS'].split(',')")).toBe(false)
})
