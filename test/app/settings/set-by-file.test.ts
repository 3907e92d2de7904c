import { expect, it } from 'vitest'
import { setByFile } from '../../../src/app/settings/set-by-file.ts'
import { readText } from '../../../src/files/tree.ts'
import { appOf } from './support.ts'

/** The line and the text that a finding points at, for the path on which DEBUG is no config var. */
function marked(settings: string, env: string, requirement: string): string | undefined {
  const app = appOf({ 'mysite/settings.py': settings, 'mysite/.env': env }, {}, `Django==5.2.17\n${requirement}\n`)
  const unset = app.settings.get('DEBUG')?.alternatives.find(({ when }) => when.some(({ holds }) => !holds))
  const at = setByFile(app.settings, unset?.when ?? [])?.at
  const text = at && readText(app.tree, at.file)?.text
  return at && text && `${text.slice(0, at.span.start).split('\n').length}: ${text.slice(at.span.start, at.span.end)}`
}

const dotenv = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nDEBUG = os.environ.get('DEBUG') == 'True'\n"
const environ = "import environ\nenv = environ.Env()\nenviron.Env.read_env()\nDEBUG = env.bool('DEBUG', False)\n"

it('points at the variable as python-dotenv reads the file', () => {
  const env = 'NOTE="set\nDEBUG=False\nto stop"\n\'DEBUG\'=True\n'
  expect(marked(dotenv, env, 'python-dotenv==1.2.1')).toBe("4: 'DEBUG'=True")
  expect(marked(dotenv, 'DEBUG=False\nexport DEBUG=True\n', 'python-dotenv==1.2.1')).toBe('2: DEBUG=True')
})

it('points at the line that django-environ reads, which takes no blank before the sign', () => {
  expect(marked(environ, 'A=1\r\nexport DEBUG=True\r\nDEBUG = False\r\n', 'django-environ==0.12.0')).toBe(
    '2: DEBUG=True',
  )
})
