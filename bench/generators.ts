import { filesBelow } from '../test/support/trees.ts'

/** A sound project; generators put theirs over it. */
export const base = filesBelow('test/pages/bases/channels')
const decoder = new TextDecoder()
const settings = decoder.decode(base['mysite/settings.py'])
const asgi = decoder.decode(base['mysite/asgi.py'])
const requirements = decoder.decode(base['requirements.txt'])
const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')

/** Files that grow with a number, each with one thing that is there often. */
export const generators: Readonly<Record<string, (size: number) => Record<string, string>>> = {
  'settings lines': (n) => ({ 'mysite/settings.py': `${settings}\n${lines(n, (i) => `A${i} = ${i}`)}\n` }),
  'settings reading the environment': (n) => ({
    'mysite/settings.py': `${settings}\nimport os\n${lines(n, (i) => `A${i} = os.environ.get('A${i}', '')`)}\n`,
  }),
  'settings comparing the environment': (n) => ({
    'mysite/settings.py': `${settings}\nimport os\n${lines(n, (i) => `A${i} = os.environ.get('A${i}', '') == 'true'`)}\n`,
  }),
  'dict entries': (n) => ({ 'mysite/settings.py': `${settings}\nA = {${lines(n, (i) => `'k${i}': ${i},`)}}\n` }),
  'subscript assignments': (n) => ({
    'mysite/settings.py': `${settings}\nA = {}\n${lines(n, (i) => `A['k${i}'] = ${i}`)}\n`,
  }),
  requirements: (n) => ({ 'requirements.txt': `${requirements}\n${lines(n, (i) => `package-${i}==1.0`)}\n` }),
  sockets: (n) => ({
    'static/app.js': lines(n, (i) => `const s${i} = new WebSocket('wss://' + location.host + '/ws/a${i}/')`),
  }),
  routes: (n) => ({
    'mysite/asgi.py': `${asgi}\nextra = [\n${lines(n, (i) => `  re_path(r'^ws/r${i}/$', print),`)}\n]\n`,
  }),
  'settings with unknown branches': (n) => ({
    'mysite/settings.py': `${settings}\nimport os\n${lines(n, (i) => `if os.environ.get('B${i}'):\n    B${i} = ${i}\nelse:\n    B${i} = 0`)}\n`,
  }),
  'one name under unknown branches': (n) => ({
    'mysite/settings.py': `${settings}\nimport os\nA = 0\n${lines(n, (i) => `if os.environ.get('B${i}'):\n    A += 1`)}\n`,
  }),
  'subscripts of unknown keys': (n) => ({
    'mysite/settings.py': `${settings}\nimport os\nA = {}\n${lines(n, (i) => `A[os.environ.get('K${i}', '')] = ${i}`)}\n`,
  }),
  'list additions': (n) => ({
    'mysite/settings.py': `${settings}\nA = []\n${lines(n, (i) => `A += ['k${i}']`)}\n`,
  }),
  'modules that import each other': (n) => ({
    'mysite/settings.py': `${settings}\nfrom mysite.m0 import *\n`,
    ...Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `mysite/m${i}.py`,
        i + 1 < n ? `from mysite.m${i + 1} import *\nA${i} = ${i}\n` : 'LAST = 1\n',
      ]),
    ),
  }),
  'modules side by side': (n) => ({
    'mysite/settings.py': `${settings}\n${lines(n, (i) => `from mysite.m${i} import A${i}`)}\n`,
    ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`mysite/m${i}.py`, `A${i} = ${i}\n`])),
  }),
  'routes and sockets': (n) => ({
    'mysite/asgi.py': asgi.replace(
      'websocket_urlpatterns',
      `[\n${lines(n, (i) => `  re_path(r'^ws/r${i}/$', print),`)}\n]`,
    ),
    'static/app.js': lines(n, (i) => `const s${i} = new WebSocket('wss://' + location.host + '/ws/r${i}/')`),
  }),
  'layers of middleware': (n) => ({
    'mysite/asgi.py': `${asgi}\n${lines(n, () => 'application = AuthMiddlewareStack(application)')}\n`,
  }),
  templates: (n) => ({
    ...Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `templates/t${i}.html`,
        `{% extends "t${Math.max(0, i - 1)}.html" %}<script>new WebSocket('wss://' + location.host + '/ws/a/')</script>`,
      ]),
    ),
  }),
  'scripts that export again': (n) => ({
    ...Object.fromEntries(
      Array.from({ length: n }, (_, i) => [
        `static/m${i}.js`,
        i + 1 < n ? `export * from './m${i + 1}.js'\n` : "export const url = 'ws://localhost:8000/ws/'\n",
      ]),
    ),
    'static/app.js': "import { url } from './m0.js'\nnew WebSocket(url)\n",
  }),
  'depth of JSON': (n) => ({ 'app.json': `{"env": ${'{"a": '.repeat(n)}1${'}'.repeat(n)}}` }),
  'entries of app.json': (n) => ({ 'app.json': `{"env": {${lines(n, (i) => `"V${i}": "x",`)}"Z": "1"}}` }),
  'variables of a Makefile': (n) => ({
    Procfile: 'web: make run\n',
    Makefile: `${lines(n, (i) => `V${i} = $(V${i + 1})`)}\nrun:\n\tdaphne -p $(V0) mysite.asgi:application\n`,
  }),
  'lines of a Procfile': (n) => ({
    Procfile: `${decoder.decode(base.Procfile)}${lines(n, (i) => `w${i}: echo ${i}`)}\n`,
  }),
}
