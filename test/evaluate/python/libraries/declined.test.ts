import { describe } from 'vitest'
import { check } from './cases.ts'

describe('packages that read settings by rules of their own', () => {
  check([
    {
      name: 'Dynaconf: everything that is bound so far may change',
      source: 'from dynaconf import DjangoDynaconf\nDEBUG = True\nsettings = DjangoDynaconf(__name__)\nX = 1',
      gives: { DEBUG: '<?>', X: '1' },
    },
  ])
})
