import type { DependencyNearMiss } from '../../../src/app/dependencies/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { noSource } from './no-source.ts'

export default rule({
  id: 'deps/file-missing',
  hop: 'build',
  severity: 'error',
  step: 'package-manager',
  restsOn: ['heroku'],
  summary: {
    en: 'The app root has no file that Heroku’s Python buildpack installs from',
    fr: 'La racine de l’application n’a aucun fichier de dépendances que lise le buildpack Python de Heroku',
  },
  messages: {
    none: {
      text: {
        en: 'the app root has no requirements.txt, Pipfile.lock, poetry.lock or uv.lock: the build stops with "Couldn\'t find any supported Python package manager files"',
        fr: "la racine de l’application n’a ni requirements.txt, ni Pipfile.lock, ni poetry.lock, ni uv.lock : le build s’arrête avec « Couldn't find any supported Python package manager files »",
      },
      help: {
        en: 'Write a requirements.txt into the folder that is pushed.',
        fr: 'Écrivez un requirements.txt dans le dossier qui est poussé.',
      },
    },
    near: {
      text: {
        en: 'the app root has no requirements.txt, Pipfile.lock, poetry.lock or uv.lock, only {near}, which the buildpack does not read: the build stops with "Couldn\'t find any supported Python package manager files"',
        fr: "la racine de l’application n’a ni requirements.txt, ni Pipfile.lock, ni poetry.lock, ni uv.lock, seulement {near}, que le buildpack ne lit pas : le build s’arrête avec « Couldn't find any supported Python package manager files »",
      },
      help: { en: '{remedy}', fr: '{remedy}' },
      fix: { safety: 'safe', en: '{remedy}', fr: '{remedy}' },
    },
    setup: {
      text: {
        en: 'setup.py alone no longer tells the buildpack what to install: the build stops with "Implicit setup.py file support has been sunset"',
        fr: 'setup.py seul ne dit plus au buildpack quoi installer : le build s’arrête avec « Implicit setup.py file support has been sunset »',
      },
      help: {
        en: 'Write a requirements.txt with the line `--editable .`.',
        fr: 'Écrivez un requirements.txt avec la ligne `--editable .`.',
      },
      fix: { safety: 'safe', en: 'Write a requirements.txt', fr: 'Écrire un requirements.txt' },
    },
  },
  check(app, report) {
    const found = noSource(app)
    if (found === undefined) return
    const { at, nearest, setupPy } = found
    const base = { symbol: 'source' }
    if (setupPy !== undefined) return report('setup', { at: setupPy, edits: [written('--editable .')], ...base })
    if (nearest === undefined) return report('none', { at, ...base })
    report('near', {
      at,
      data: { near: nearest.path, remedy: remedies[nearest.kind](nearest.path) },
      edits: remedyEdits(nearest),
      related: [{ at: nearest.at, message: { en: 'probably meant', fr: 'sans doute visé' } }],
      ...base,
    })
  },
})

const written = (line: string): Edit => ({
  file: 'requirements.txt',
  span: { start: 0, end: 0 },
  text: `${line}\n`,
  action: 'create',
})

/** What does what the remedy says, where that is one thing. */
function remedyEdits({ kind, path }: DependencyNearMiss): readonly Edit[] | undefined {
  if (kind === 'misspelt')
    return [{ file: path, span: { start: 0, end: 0 }, text: 'requirements.txt', action: 'rename' }]
  const included = kind === 'split' || (kind === 'sub-folder' && path.endsWith('requirements.txt'))
  return included ? [written(`-r ${path}`)] : undefined
}

const remedies = {
  'is-folder': (path: string) => ({
    en: `${path} is a folder and must be a file: move what it holds, and write the file itself.`,
    fr: `${path} est un dossier et doit être un fichier : déplacez ce qu’il contient, et écrivez le fichier lui-même.`,
  }),
  misspelt: (path: string) => ({
    en: `Rename ${path} to requirements.txt.`,
    fr: `Renommez ${path} en requirements.txt.`,
  }),
  split: (path: string) => ({
    en: `Write a requirements.txt with the line \`-r ${path}\`.`,
    fr: `Écrivez un requirements.txt avec la ligne \`-r ${path}\`.`,
  }),
  folder: (path: string) => ({
    en: `Write a requirements.txt that takes in the file of ${path}/ meant for production (\`-r ${path}/production.txt\`).`,
    fr: `Écrivez un requirements.txt qui inclut le fichier de ${path}/ prévu pour la production (\`-r ${path}/production.txt\`).`,
  }),
  'sub-folder': (path: string) =>
    path.endsWith('requirements.txt')
      ? {
          en: `Write a requirements.txt into the root with the line \`-r ${path}\`, or push that folder alone.`,
          fr: `Écrivez à la racine un requirements.txt avec la ligne \`-r ${path}\`, ou poussez ce dossier seul.`,
        }
      : {
          en: `Push the folder of ${path} alone, or move the file to the root.`,
          fr: `Poussez seul le dossier de ${path}, ou déplacez le fichier à la racine.`,
        },
  unlocked: (path: string) => ({
    en: `Lock ${path} (\`uv lock\` or \`poetry lock\`) and commit the lock file.`,
    fr: `Verrouillez ${path} (\`uv lock\` ou \`poetry lock\`) et committez le fichier de verrouillage.`,
  }),
  'other-manager': (path: string) => ({
    en: `Export ${path} to a requirements.txt: the buildpack knows pip, Pipenv, Poetry and uv only.`,
    fr: `Exportez ${path} vers un requirements.txt : le buildpack ne connaît que pip, Pipenv, Poetry et uv.`,
  }),
}
