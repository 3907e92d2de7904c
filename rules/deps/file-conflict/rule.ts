import type { ManagerProblem } from '../../../src/app/dependencies/model.ts'
import { pythonForUv } from '../../../src/app/dependencies/uv-python.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import type { FileTree } from '../../../src/files/tree.ts'
import { wholeSource } from './whole-source.ts'

const several = {
  step: 'package-manager',
  text: {
    en: '{files} stand side by side: the build stops with "Multiple Python package manager files were found"',
    fr: '{files} sont côte à côte : le build s’arrête avec « Multiple Python package manager files were found »',
  },
  help: {
    en: 'Keep the file of the manager you use and delete the others.',
    fr: 'Gardez le fichier du gestionnaire que vous utilisez et supprimez les autres.',
  },
} as const

export default rule({
  id: 'deps/file-conflict',
  hop: 'build',
  severity: 'error',
  restsOn: ['heroku'],
  summary: {
    en: 'The root holds files that make the Python buildpack stop: two package managers, a Pipfile without lock, a virtual environment',
    fr: 'La racine contient des fichiers qui arrêtent le buildpack Python : deux gestionnaires de paquets, un Pipfile sans fichier de verrouillage, un environnement virtuel',
  },
  messages: {
    several,
    'one-lacks': {
      ...several,
      help: {
        en: 'Keep {whole} and delete {partial}, which lacks {lacks}: the settings ask for it.',
        fr: 'Gardez {whole} et supprimez {partial}, auquel manque {lacks} : les settings le demandent.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'what {partial} pins is no longer installed',
          fr: 'ce que {partial} épingle n’est plus installé',
        },
        en: 'Delete {partial}',
        fr: 'Supprimer {partial}',
      },
    },
    'pipfile-without-lock': {
      step: 'package-manager',
      text: {
        en: 'there is a Pipfile but no Pipfile.lock: the build stops with "No \'Pipfile.lock\' found!", whatever else the root holds',
        fr: "il y a un Pipfile mais pas de Pipfile.lock : le build s’arrête avec « No 'Pipfile.lock' found! », quoi que contienne la racine",
      },
      help: {
        en: 'Run `pipenv lock` and commit Pipfile.lock, or delete the Pipfile.',
        fr: 'Lancez `pipenv lock` et committez Pipfile.lock, ou supprimez le Pipfile.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'Pipfile leaves git: what only it lists is no longer written down anywhere, and requirements.txt is what is installed',
          fr: 'Pipfile quitte git : ce que lui seul liste n’est plus écrit nulle part, et c’est requirements.txt qui s’installe',
        },
        en: 'Delete the Pipfile',
        fr: 'Supprimer le Pipfile',
      },
    },
    'uv-without-python-version': {
      step: 'python-version',
      text: {
        en: 'uv on Heroku needs a .python-version file: the build stops with "No Python version was specified"',
        fr: 'uv sur Heroku demande un fichier .python-version : le build s’arrête avec « No Python version was specified »',
      },
      help: {
        en: 'Run `uv python pin {python}` and commit .python-version.',
        fr: 'Lancez `uv python pin {python}` et committez .python-version.',
      },
      fix: { safety: 'safe', en: 'Write {python} into .python-version', fr: 'Écrire {python} dans .python-version' },
    },
    'uv-with-runtime-txt': {
      step: 'python-version',
      text: {
        en: 'uv.lock and runtime.txt stand side by side: the build stops with "The runtime.txt file isn\'t supported when using uv"',
        fr: "uv.lock et runtime.txt sont côte à côte : le build s’arrête avec « The runtime.txt file isn't supported when using uv »",
      },
      help: {
        en: 'Delete runtime.txt, run `uv python pin {python}` and commit .python-version.',
        fr: 'Supprimez runtime.txt, lancez `uv python pin {python}` et committez .python-version.',
      },
    },
    'committed-virtualenv': {
      step: 'virtual-environment',
      text: {
        en: 'a virtual environment is committed ({file}): the build stops with "Existing \'{folder}/\' directory found"',
        fr: "un environnement virtuel est versionné ({file}) : le build s’arrête avec « Existing '{folder}/' directory found »",
      },
      help: {
        en: 'Run `git rm -r --cached {folder}` and add {folder}/ to .gitignore.',
        fr: 'Lancez `git rm -r --cached {folder}` et ajoutez {folder}/ à .gitignore.',
      },
    },
    'committed-heroku-folder': {
      step: 'leftover-python',
      text: {
        en: 'the buildpack’s own folder .heroku/python/ is committed: the build stops with "Existing \'.heroku/python/\' directory found"',
        fr: "le dossier .heroku/python/, propre au buildpack, est versionné : le build s’arrête avec « Existing '.heroku/python/' directory found »",
      },
      help: {
        en: 'Run `git rm -r --cached .heroku` and add .heroku/ to .gitignore.',
        fr: 'Lancez `git rm -r --cached .heroku` et ajoutez .heroku/ à .gitignore.',
      },
    },
  },
  check(app, report) {
    if (app.dependencies.manager === 'container') return
    for (const problem of app.dependencies.managerProblems) {
      if (problem.kind === 'only-setup-py') continue
      const [at, ...others] = places(problem)
      if (at === undefined) continue
      const file = at.file
      const names = [at, ...others].map((place) => place.file)
      const whole = problem.kind === 'several' ? wholeSource(app) : undefined
      const kind =
        problem.kind === 'uv-without-python-version' && file === 'runtime.txt'
          ? 'uv-with-runtime-txt'
          : whole === undefined
            ? problem.kind
            : 'one-lacks'
      report(kind, {
        at,
        data: {
          files: { en: names.join(' and '), fr: names.join(' et ') },
          file,
          whole: whole?.file ?? '',
          partial: whole?.other ?? '',
          lacks: whole?.lacks.join(', ') ?? '',
          python: pythonForUv(app.tree),
          folder: file.slice(0, Math.max(0, file.lastIndexOf('/'))),
        },
        edits: whole === undefined ? remedyEdits(app.tree, kind) : [deletion(whole.other)],
        related: others.map((place) => ({ at: place, message: { en: 'the other one', fr: 'l’autre' } })),
        symbol: problem.kind,
      })
    }
  },
})

/** One file that is missing, or one too many: anything else is to be decided. */
function remedyEdits(
  tree: FileTree,
  kind: ManagerProblem['kind'] | 'uv-with-runtime-txt' | 'one-lacks',
): readonly Edit[] | undefined {
  const span = { start: 0, end: 0 }
  if (kind === 'uv-without-python-version')
    return [{ file: '.python-version', span, text: `${pythonForUv(tree)}\n`, action: 'create' }]
  const isLeft = kind === 'pipfile-without-lock' && tree.kind('requirements.txt') === 'file'
  return isLeft ? [deletion('Pipfile')] : undefined
}

const deletion = (file: string): Edit => ({ file, span: { start: 0, end: 0 }, text: '', action: 'delete' })

/** requirements.txt first: it is the one that is usually left over. */
function places(problem: ManagerProblem): readonly Place[] {
  if (problem.kind !== 'several') return [problem.at]
  return [...problem.files].sort(
    (a, b) => Number(b.file === 'requirements.txt') - Number(a.file === 'requirements.txt'),
  )
}
