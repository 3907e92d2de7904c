import { describe } from 'vitest'
import { check } from './cases.ts'

const classes = `
from configurations import Configuration, values
class Base(Configuration):
    NAME = "base"
    DEBUG = values.BooleanValue(True)
    @property
    def SHOUT(self):
        return self.NAME.upper()
class Prod(Base):
    NAME = "prod"
    SECRET = values.SecretValue()
`

describe('django-configurations', () => {
  check([
    {
      name: 'gives the module what the chosen class holds',
      source: classes,
      env: { DJANGO_CONFIGURATION: 'Prod', DJANGO_SECRET: '?', DJANGO_DEBUG: 'no' },
      gives: { NAME: "'prod'", DEBUG: 'False', SHOUT: "'PROD'", SECRET: "'<DJANGO_SECRET>'" },
      requires: ['DJANGO_SECRET'],
    },
    {
      name: 'asks about variables that nobody knows',
      source: classes,
      env: { DJANGO_CONFIGURATION: 'Base', DJANGO_DEBUG: '?' },
      gives: {
        DEBUG:
          'True when DJANGO_DEBUG is unset | False when DJANGO_DEBUG is set and DJANGO_DEBUG reads as false | True when DJANGO_DEBUG reads as true',
      },
    },
    {
      name: 'leaves the module alone when no class is chosen',
      source: classes,
      env: { DJANGO_CONFIGURATION: undefined },
      gives: { NAME: 'unbound' },
    },
    {
      name: 'raises for a secret that is not set',
      source: classes,
      env: { DJANGO_CONFIGURATION: 'Prod' },
      raises: "ValueError: Value 'SECRET' is required to be set as the environment variable 'DJANGO_SECRET'",
    },
  ])
})
