import { rule } from '../../../src/engine/rule.ts'
import { staleLocks } from './stale-locks.ts'

const help = {
  en: 'Run `{command}` and commit {lock}.',
  fr: 'Lancez `{command}` et committez {lock}.',
} as const

export default rule({
  id: 'deps/lock-stale',
  hop: 'build',
  severity: 'error',
  restsOn: ['heroku'],
  summary: {
    en: 'The lock file was not generated from the manifest beside it',
    fr: 'Le fichier de verrouillage n’a pas été généré à partir du manifeste voisin',
  },
  messages: {
    Pipenv: {
      text: {
        en: '{lock} was not generated from this {manifest}: `pipenv install --deploy` stops with "Your Pipfile.lock is out of date"',
        fr: '{lock} n’a pas été généré à partir de ce {manifest} : `pipenv install --deploy` s’arrête avec « Your Pipfile.lock is out of date »',
      },
      help,
    },
    Poetry: {
      text: {
        en: '{lock} was not generated from this {manifest}: `poetry sync` stops with "pyproject.toml changed significantly since poetry.lock was last generated"',
        fr: '{lock} n’a pas été généré à partir de ce {manifest} : `poetry sync` s’arrête avec « pyproject.toml changed significantly since poetry.lock was last generated »',
      },
      help,
    },
    uv: {
      text: {
        en: '{lock} was not generated from this {manifest}: `uv sync --locked` stops with "The lockfile at `uv.lock` needs to be updated"',
        fr: '{lock} n’a pas été généré à partir de ce {manifest} : `uv sync --locked` s’arrête avec « The lockfile at `uv.lock` needs to be updated »',
      },
      help,
    },
  },
  check(app, report) {
    for (const { tool, lock, manifest, at } of staleLocks(app))
      report(tool, {
        at,
        data: { lock, manifest, command: `${tool.toLowerCase()} lock` },
        symbol: lock,
      })
  },
})
