import { text } from '../constructors.ts'
import { library, native } from '../library.ts'
import type { Value } from '../value.ts'

function known(name: string, value: string): Value {
  return native(`platform.${name}`, (run) => text(value, run.at))
}

function open(name: string, en: string, fr: string): Value {
  return native(`platform.${name}`, (run) => run.unknown({ en, fr }, 'str'))
}

const machine = ["the dyno's processor is not known", 'le processeur du dyno n’est pas connu'] as const
const patch = ['the patch release of Python is not known', 'la version corrective de Python n’est pas connue'] as const

/** The dyno runs Ubuntu on x86-64 or ARM; only what every dyno agrees on is given. */
export const platform = library('platform', {
  system: known('system', 'Linux'),
  python_implementation: known('python_implementation', 'CPython'),
  // As `os.uname()` says it: the name of the container, another one in each dyno.
  node: native('platform.node', (run) => ({
    ...run.unknown({ en: 'the name of the dyno is not known', fr: 'le nom du dyno n’est pas connu' }, 'str'),
    own: 'dyno',
  })),
  machine: open('machine', ...machine),
  processor: open('processor', ...machine),
  platform: open('platform', ...machine),
  python_version: open('python_version', ...patch),
  release: open('release', "the dyno's kernel is not known", 'le noyau du dyno n’est pas connu'),
  version: open('version', "the dyno's kernel is not known", 'le noyau du dyno n’est pas connu'),
})
