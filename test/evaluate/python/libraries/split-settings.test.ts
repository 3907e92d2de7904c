import { describe } from 'vitest'
import { check } from './cases.ts'

const head = 'from split_settings.tools import include, optional\nimport os\n'

describe('django-split-settings', () => {
  check([
    {
      name: 'runs files in the names of the module, once each and in name order',
      source: `${head}include("parts/*.py", "parts/a.py", optional("local.py"))`,
      files: { 'parts/b.py': 'X = X + ["b"]', 'parts/a.py': 'X = ["a"]' },
      gives: { X: "['a', 'b']" },
    },
    {
      name: 'follows a file that a variable names',
      source: `${head}include(f"env_{os.environ.get('ENV', 'dev')}.py")`,
      files: { 'env_dev.py': 'DEBUG = True', 'env_prod.py': 'DEBUG = False' },
      env: { ENV: 'prod' },
      gives: { DEBUG: 'False' },
    },
    {
      name: 'raises when a file is missing',
      source: `${head}include("missing.py")`,
      raises: 'OSError: No such file: missing.py',
    },
    {
      name: 'passes over an optional file that git does not carry',
      source: `${head}X = 1\ninclude(optional("local.py"))`,
      files: { 'local.py': 'X = 2' },
      isPresent: (path) => path !== 'local.py',
      gives: { X: '1' },
    },
  ])
})
