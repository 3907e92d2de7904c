import type { Untold } from '../../../src/contracts/untold.ts'
import { rule } from '../../../src/engine/rule.ts'
import { leftBehind } from './left-behind.ts'

export default rule({
  id: 'app/not-committed',
  hop: 'push',
  severity: 'error',
  summary: {
    en: 'A file that the deploy needs is not in what `git push heroku` carries',
    fr: 'Un fichier dont le déploiement a besoin n’est pas dans ce que `git push heroku` transporte',
  },
  messages: {
    untracked: {
      text: {
        en: '`{file}` is not tracked by git, so `git push heroku` leaves it behind: {effect}',
        fr: '`{file}` n’est pas suivi par git, et `git push heroku` ne le transporte pas : {effect}',
      },
      help: {
        en: 'Run `git add {file}` and commit it.',
        fr: 'Exécutez `git add {file}`, puis committez.',
      },
    },
    ignored: {
      text: {
        en: '`{file}` is ignored by git{by}, so `git push heroku` leaves it behind: {effect}',
        fr: '`{file}` est ignoré par git{by}, et `git push heroku` ne le transporte pas : {effect}',
      },
      help: {
        en: 'Remove or narrow the pattern and commit the file. If it holds secrets, keep it out of the repository and read them from config vars instead.',
        fr: 'Retirez ou restreignez le motif, puis committez le fichier. S’il contient des secrets, laissez-le hors du dépôt et lisez-les dans des config vars.',
      },
    },
    slugignored: {
      text: {
        en: '`{file}` is removed after the push, before the build, by .slugignore{by}: {effect}',
        fr: '`{file}` est retiré après le push, avant le build, par .slugignore{by} : {effect}',
      },
      help: {
        en: 'Remove or narrow the pattern in .slugignore.',
        fr: 'Retirez ou restreignez le motif dans .slugignore.',
      },
    },
    submodule: {
      text: {
        en: '`{file}` is a git repository of its own that no .gitmodules names: `git push heroku` carries an empty folder, and {effect}',
        fr: '`{file}` est un dépôt git à part qu’aucun .gitmodules ne nomme : `git push heroku` transporte un dossier vide, et {effect}',
      },
      help: {
        en: 'Remove its `.git` folder, run `git rm --cached {file}` and add the files; or make it a submodule with `git submodule add`.',
        fr: 'Supprimez son dossier `.git`, exécutez `git rm --cached {file}` et ajoutez les fichiers ; ou faites-en un sous-module avec `git submodule add`.',
      },
    },
  },
  check(app, report) {
    const { below } = app
    if (below !== undefined && below.mover === undefined) app.inquiry.cannotTell(otherRoot(below.folder))
    for (const { why, path, at, effect, when, by, byAt, others } of leftBehind(app)) {
      report(why, {
        at,
        data: { file: path, effect, by: by === '' ? '' : ` (${by})` },
        related: [
          ...(byAt === undefined ? [] : [{ at: byAt, message: { en: 'the pattern', fr: 'le motif' } }]),
          ...others.slice(0, 10).map(({ at: place, file }) => ({
            at: place,
            message: { en: `needs \`${file}\`, left behind too`, fr: `a besoin de \`${file}\`, absent lui aussi` },
          })),
        ],
        when,
        symbol: path,
      })
    }
  },
})

/** `git push` sends the repository, and the app is a folder of it. */
const otherRoot = (folder: string): Untold => ({
  what: { en: 'the root that is pushed', fr: 'la racine qui est poussée' },
  why: {
    en: `\`git push heroku\` sends the whole repository, and the app stands in \`${folder}/\`: it takes \`git subtree push --prefix ${folder} heroku main\`, or a buildpack that makes the folder the root`,
    fr: `\`git push heroku\` envoie tout le dépôt, et l’application se trouve dans \`${folder}/\` : il faut \`git subtree push --prefix ${folder} heroku main\`, ou un buildpack qui fait du dossier la racine`,
  },
  at: undefined,
})
