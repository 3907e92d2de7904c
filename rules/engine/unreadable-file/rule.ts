import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'engine/unreadable-file',
  hop: 'push',
  severity: 'warning',
  summary: {
    en: 'An existing file or folder could not be read',
    fr: 'Un fichier ou un dossier existant n’a pas pu être lu',
  },
  messages: {
    refused: {
      text: {
        en: '`{file}` exists but could not be read (a circular link, or no permission): its content is unknown',
        fr: '`{file}` existe mais n’a pas pu être lu (lien circulaire, ou droits insuffisants) : son contenu reste inconnu',
      },
      help: {
        en: 'Make it a readable file; if it is not part of the app, list it under `exclude` in the configuration.',
        fr: 'Faites-en un fichier lisible ; s’il ne fait pas partie de l’application, ajoutez-le à `exclude` dans la configuration.',
      },
    },
    binary: {
      text: {
        en: '`{file}` holds bytes that are not text: its content is unknown',
        fr: '`{file}` contient des octets qui ne sont pas du texte : son contenu reste inconnu',
      },
      help: {
        en: 'Make it a readable file; if it is not part of the app, list it under `exclude` in the configuration.',
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
