import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'engine/unreadable-file',
  hop: 'push',
  severity: 'warning',
  summary: {
    en: 'A file or folder that is there could not be read',
    fr: 'Un fichier ou un dossier présent n’a pas pu être lu',
  },
  messages: {
    refused: {
      text: {
        en: '`{file}` is there and could not be read (a link in a circle, or no permission): what it says is unknown here',
        fr: '`{file}` est là et n’a pas pu être lu (un lien en boucle, ou aucun droit) : ce qu’il contient est inconnu ici',
      },
      help: {
        en: 'Make it a readable file; if it is no part of the app, list it under `exclude` in the configuration.',
        fr: 'Faites-en un fichier lisible ; s’il ne fait pas partie de l’application, ajoutez-le à `exclude` dans la configuration.',
      },
    },
    binary: {
      text: {
        en: '`{file}` holds bytes that are no text: what it says is unknown here',
        fr: '`{file}` contient des octets qui ne sont pas du texte : ce qu’il dit est inconnu ici',
      },
      help: {
        en: 'Make it a readable file; if it is no part of the app, list it under `exclude` in the configuration.',
        fr: 'Faites-en un fichier lisible ; s’il ne fait pas partie de l’application, ajoutez-le à `exclude` dans la configuration.',
      },
    },
  },
  check(app, report) {
    for (const file of new Set(app.audit.unreadable)) {
      const name = file === '' ? '.' : file
      report('refused', { at: { file: name, span: { start: 0, end: 0 } }, data: { file: name }, symbol: name })
    }
    if (app.tree.read('Procfile') === 'binary')
      report('binary', {
        at: { file: 'Procfile', span: { start: 0, end: 0 } },
        data: { file: 'Procfile' },
        symbol: 'Procfile',
      })
  },
})
