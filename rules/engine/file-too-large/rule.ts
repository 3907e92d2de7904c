import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'engine/file-too-large',
  hop: 'push',
  severity: 'warning',
  summary: {
    en: 'A file over the size limit was not read',
    fr: 'Un fichier au-delà de la taille limite n’a pas été lu',
  },
  messages: {
    skipped: {
      text: {
        en: '{file} is {megabytes} MB large and was not read: its content is unknown',
        fr: '{file} fait {megabytes} Mo et n’a pas été lu : son contenu reste inconnu',
      },
      help: {
        en: 'If it is not part of the app, list it under `exclude` in the configuration.',
        fr: 'S’il ne fait pas partie de l’application, ajoutez-le à `exclude` dans la configuration.',
      },
    },
  },
  check(app, report) {
    for (const { file, bytes } of app.audit.tooLarge) {
      report('skipped', {
        at: { file, span: { start: 0, end: 0 } },
        data: { file, megabytes: Math.round(bytes / 1e6) },
        symbol: file,
      })
    }
  },
})
