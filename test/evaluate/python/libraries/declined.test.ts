import { describe } from 'vitest'
import { check } from './cases.ts'

describe('packages that read settings by rules of their own', () => {
  check([
    {
      name: 'pydantic: what the class says is no answer',
      source:
        'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    DEBUG: bool = False\nDEBUG = S().DEBUG\nX = 1',
      gives: { DEBUG: '<?>', X: '1' },
    },
    {
      name: 'Dynaconf: everything that is bound so far may change',
      source: 'from dynaconf import DjangoDynaconf\nDEBUG = True\nsettings = DjangoDynaconf(__name__)\nX = 1',
      gives: { DEBUG: '<?>', X: '1' },
    },
  ])
})
