import { describe, expect, it } from 'vitest'
import type { Process } from '../../../../src/app/processes/model.ts'
import { shown } from '../../../../src/evaluate/shell/word.ts'
import { appOf } from '../../../support/app.ts'

function web(command: string, files: Record<string, string>): Process {
  const project = { 'manage.py': '', 'mysite/__init__.py': '', 'mysite/asgi.py': 'application = 1\n' }
  return appOf({ ...project, ...files, Procfile: `web: ${command}` }).processes.web as Process
}

/** The server a script starts and its first socket. */
function started(script: string, command = 'python run.py'): string {
  const { server } = web(command, { 'run.py': script })
  const [socket] = server?.sockets ?? []
  return `${server?.name} ${shown(socket?.host?.parts)}:${shown(socket?.port?.parts)} ${server?.target?.text ?? '-'}`
}

describe('a Python script that starts a server by its Python interface', () => {
  const environ = "import os\nport = int(os.environ['PORT'])\n"
  const cases: Record<string, [string, string]> = {
    'daphne with its command line': [
      `${environ}from daphne.cli import CommandLineInterface\nCommandLineInterface().run(['-b', '0.0.0.0', '-p', str(port), 'mysite.asgi:application'])\n`,
      'daphne 0.0.0.0:$PORT mysite.asgi:application',
    ],
    'daphne with its server class': [
      "from daphne.server import Server\nfrom mysite.asgi import application\nServer(application, endpoints=['tcp:port=8000:interface=0.0.0.0']).run()\n",
      'daphne 0.0.0.0:8000 -',
    ],
    'uvicorn with Config and Server': [
      `${environ}import uvicorn\nconfig = uvicorn.Config('mysite.asgi:application', host='0.0.0.0', port=port)\nuvicorn.Server(config).run()\n`,
      'uvicorn 0.0.0.0:$PORT mysite.asgi:application',
    ],
    'granian with its class': [
      "from granian import Granian\nGranian('mysite.asgi:application', interface='asgi', address='0.0.0.0', port=8001).serve()\n",
      'granian 0.0.0.0:8001 mysite.asgi:application',
    ],
    'waitress with serve': [
      `${environ}from waitress import serve\nfrom mysite.asgi import application\nserve(application, port=port)\n`,
      'waitress 0.0.0.0:$PORT -',
    ],
    'runserver with execute_from_command_line': [
      "from django.core.management import execute_from_command_line\nexecute_from_command_line(['manage.py', 'runserver', '0.0.0.0:8000'])\n",
      'runserver 0.0.0.0:8000 -',
    ],
    'runserver with call_command': [
      "from django.core.management import call_command\ncall_command('runserver', '0.0.0.0:8000')\n",
      'runserver 0.0.0.0:8000 -',
    ],
  }
  for (const [name, [script, expected]] of Object.entries(cases)) {
    it(name, () => expect(started(script)).toBe(expected))
  }

  it('hands its own arguments to the entry point, and ends in sys.exit', () => {
    const script =
      'import sys\nfrom daphne.cli import CommandLineInterface\nraise SystemExit(CommandLineInterface.entrypoint())\n'
    expect(started(script, 'python run.py -b 0.0.0.0 -p $PORT mysite.asgi:application')).toBe(
      'daphne 0.0.0.0:$PORT mysite.asgi:application',
    )
  })

  it('is not followed when it rewrites its arguments', () => {
    const script =
      "import sys\nfrom daphne.cli import CommandLineInterface\nsys.argv = sys.argv[:1] + ['mysite.asgi:application']\nCommandLineInterface.entrypoint()\n"
    expect(web('python run.py', { 'run.py': script }).server).toBeUndefined()
  })

  it('is found as a module too', () => {
    const run =
      "import uvicorn\nfrom mysite.asgi import application\nuvicorn.run(application, host='0.0.0.0', port=8000)\n"
    const files = { 'mysite/__main__.py': run, 'mysite/serve.py': run }
    for (const command of ['python -m mysite', 'python -m mysite.serve'])
      expect(web(command, files).server?.name).toBe('uvicorn')
  })

  it('may run migrations before', () => {
    const script = "from django.core.management import call_command\ncall_command('migrate', '--noinput')\n"
    expect(web('python run.py && daphne x', { 'run.py': script }).django.map(({ name }) => name)).toEqual(['migrate'])
  })

  it('has its modules from the folders that it puts on its search path', () => {
    const script =
      "import sys\nfrom pathlib import Path\nimport uvicorn\nsys.path.insert(0, str(Path(__file__).resolve().parent / 'src'))\nuvicorn.run('shop.asgi:application')\n"
    const asgi = { 'src/shop/__init__.py': '', 'src/shop/asgi.py': 'application = 1\n' }
    const found = (text: string) => web('python run.py', { 'run.py': text, ...asgi }).server?.target?.resolution
    expect(found(script)).toBe('found')
    expect(found(script.replace(" / 'src'", ''))).toBe('module-missing')
  })

  it.each([
    // The buildpack's PYTHONPATH is the root.
    ['cd scripts && python start.py', 'daphne', 'found'],
    ['cd scripts && python start.py', 'uvicorn', 'found'],
    ['cd scripts && PYTHONPATH=.. python start.py', 'uvicorn', 'found'],
    ['PYTHONPATH=/app/vendor python scripts/start.py', 'uvicorn', 'module-missing'],
    ['PYTHONPATH=/app/vendor python scripts/start.py', 'daphne', 'found'],
    ['PYTHONPATH=$OTHER python scripts/start.py', 'uvicorn', 'undetermined'],
  ])('%s: what %s looks for is %s', (command, server, expected) => {
    const starts: Record<string, string> = {
      uvicorn: "import uvicorn\nuvicorn.run('mysite.asgi:application')\n",
      daphne: "from daphne.cli import CommandLineInterface\nCommandLineInterface().run(['mysite.asgi:application'])\n",
    }
    const { server: found } = web(command, { 'scripts/start.py': starts[server] as string })
    expect(found?.target?.resolution).toBe(expected)
  })

  it('is no program that is looked up: nothing on the PATH is called manage.py', () => {
    const script =
      'import sys\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n'
    const { runs, django } = web('python -m shop migrate', { 'shop/__init__.py': '', 'shop/__main__.py': script })
    expect(django.map(({ name }) => name)).toEqual(['migrate'])
    expect(runs.flatMap(({ programs }) => programs.map(({ name }) => name))).toEqual(['python'])
  })
})
