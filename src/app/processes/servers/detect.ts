import type { Place } from '../../../contracts/place.ts'
import type { Condition } from '../../../evaluate/condition.ts'
import type { Step, Word } from '../../../evaluate/shell/model.ts'
import { known } from '../../../evaluate/shell/word.ts'
import type { ServerInputs } from '../inputs.ts'
import type { DjangoCommand, Server, ServerName } from '../model.ts'
import { pythonCommand } from '../programs/python.ts'
import { baseName } from '../programs/unwrap.ts'
import { readDaphne } from './daphne.ts'
import { readGranian } from './granian.ts'
import { readGunicorn } from './gunicorn.ts'
import { readHypercorn } from './hypercorn.ts'
import type { Invocation } from './invocation.ts'
import { readUvicorn } from './uvicorn.ts'
import { readWaitress } from './waitress.ts'
import { readOther, readRunserver, readUwsgi } from './wsgi.ts'

const programs: Record<string, ServerName> = {
  daphne: 'daphne',
  uvicorn: 'uvicorn',
  gunicorn: 'gunicorn',
  hypercorn: 'hypercorn',
  granian: 'granian',
  'waitress-serve': 'waitress',
  waitress: 'waitress',
  uwsgi: 'uwsgi',
  pyuwsgi: 'uwsgi',
  'mod_wsgi-express': 'mod_wsgi',
  unitd: 'nginx-unit',
}

/** Each names its reader where it calls it, so that a project loads those of its own servers. */
const readers: Record<ServerName, (invocation: Invocation) => Server> = {
  daphne: (invocation) => readDaphne(invocation),
  uvicorn: (invocation) => readUvicorn(invocation),
  gunicorn: (invocation) => readGunicorn(invocation),
  hypercorn: (invocation) => readHypercorn(invocation),
  granian: (invocation) => readGranian(invocation),
  waitress: (invocation) => readWaitress(invocation),
  uwsgi: (invocation) => readUwsgi(invocation),
  mod_wsgi: (invocation) => readOther(invocation),
  bjoern: (invocation) => readOther(invocation),
  cherrypy: (invocation) => readOther(invocation),
  'nginx-unit': (invocation) => readOther(invocation),
  runserver: (invocation) => readRunserver(invocation),
}

/** The server a step starts; undefined when it starts none that is known. */
export function readServer(app: ServerInputs, step: Step, when: readonly Condition[]): Server | undefined {
  const found = serverOf(step)
  if (found === undefined) return undefined
  const version = app.dependencies.installed(found.name).version
  return readers[found.name]({ app, step, when, version, ...found })
}

interface Found {
  readonly name: ServerName
  readonly at: Place
  readonly args: readonly Word[]
}

function serverOf(step: Step): Found | undefined {
  const django = djangoCommand(step)
  if (django !== undefined) {
    const runs = django.name === 'runserver' || django.name === 'runserver_plus'
    return runs ? { name: 'runserver', at: django.at, args: django.args } : undefined
  }
  const [program, ...rest] = step.argv as [Word, ...Word[]]
  const name = baseName(program)
  if (name === undefined) return undefined
  const direct = Object.hasOwn(programs, name) ? programs[name] : undefined
  if (direct !== undefined) return { name: direct, at: program.at, args: rest }
  if (!/^python[\d.]*$/.test(name)) return undefined
  const { kind, operand, args } = pythonCommand(step.argv)
  const module = kind === 'module' ? known(operand?.parts) : kind === 'script' ? baseName(operand) : undefined
  if (module === undefined || operand === undefined) return undefined
  const server = Object.hasOwn(programs, module) ? programs[module] : undefined
  return server === undefined ? undefined : { name: server, at: operand.at, args }
}

/** What a step asks manage.py or django-admin to do; undefined when it is none of them. */
export function djangoCommand(step: Step): DjangoCommand | undefined {
  const words = managed(step.argv)
  if (words === undefined) return undefined
  const index = words.findIndex((word) => !(typeof word.parts[0] === 'string' && word.parts[0].startsWith('-')))
  const word = words[index]
  const name = known(word?.parts)
  return word === undefined || name === undefined
    ? undefined
    : { name, at: word.at, args: words.slice(index + 1), step }
}

/** The command goes to django-admin or `python -m django`: no manage.py names the settings first. */
export function isBare({ step }: DjangoCommand): boolean {
  const name = baseName(step.argv[0])
  if (name === 'django-admin' || name === 'django-admin.py') return true
  if (name === undefined || !/^python[\d.]*$/.test(name)) return false
  const { kind, operand } = pythonCommand(step.argv)
  return kind === 'module' && known(operand?.parts) === 'django'
}

function managed(argv: readonly Word[]): readonly Word[] | undefined {
  const name = baseName(argv[0])
  if (name === undefined) return undefined
  if (name === 'django-admin' || name === 'django-admin.py' || /^manage(?:\.py)?$/.test(name)) return argv.slice(1)
  if (!/^python[\d.]*$/.test(name)) return undefined
  const { kind, operand, args } = pythonCommand(argv)
  if (kind === 'script' && baseName(operand) === 'manage.py') return args
  const module = kind === 'module' ? known(operand?.parts) : undefined
  return module === 'django' || module === 'manage' ? args : undefined
}
