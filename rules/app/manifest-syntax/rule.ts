import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'app/manifest-syntax',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'app.json, heroku.yml or project.toml is malformed or contradicts the repository',
    fr: 'app.json, heroku.yml ou project.toml est mal formé ou contredit le dépôt',
  },
  messages: {
    syntax: {
      text: { en: '{file} cannot be read: {problem}', fr: '{file} est illisible : {problem}' },
      help: { en: 'Correct the file at this place.', fr: 'Corrigez le fichier à cet endroit.' },
    },
    schema: {
      text: {
        en: '{file} is not what Heroku expects: {problem}',
        fr: '{file} n’est pas ce que Heroku attend : {problem}',
      },
      help: {
        en: 'Follow Heroku’s documentation of this file.',
        fr: 'Suivez la documentation de Heroku sur ce fichier.',
      },
    },
    'missing-file': {
      text: {
        en: '{file} names a file that does not exist: {problem}',
        fr: '{file} nomme un fichier qui n’existe pas : {problem}',
      },
      help: { en: 'Add the file, or correct its path.', fr: 'Ajoutez le fichier, ou corrigez son chemin.' },
    },
    overrides: {
      severity: 'warning',
      text: {
        en: '`run` of heroku.yml is used instead of the Procfile, which Heroku does not read then',
        fr: '`run` de heroku.yml est utilisé à la place du Procfile, que Heroku ne lit alors pas',
      },
      help: { en: 'Keep one of the two.', fr: 'Gardez l’un des deux.' },
    },
  },
  check(app, report) {
    const { problems, herokuYml, platform } = app.manifest
    for (const { kind, at, message } of problems) {
      report(kind, { at, data: { file: at.file, problem: message }, symbol: `${at.file} ${message.en}` })
    }
    const { runAt } = herokuYml ?? {}
    if (herokuYml?.run === undefined || runAt === undefined || platform !== 'heroku-container') return
    if (app.tree.kind('Procfile') !== 'file') return
    report('overrides', {
      at: runAt,
      related: [{ at: { file: 'Procfile', span: { start: 0, end: 0 } }, message: { en: 'not read', fr: 'non lu' } }],
      symbol: 'run',
    })
  },
})
