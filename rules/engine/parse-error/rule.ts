import { firstImport } from '../../../src/app/settings/first-import.ts'
import { rule } from '../../../src/engine/rule.ts'
import { firstUse, urlProblems } from './url-modules.ts'

export default rule({
  id: 'engine/parse-error',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'A file that the deploy needs cannot be parsed',
    fr: 'Un fichier dont le déploiement a besoin est illisible',
  },
  messages: {
    syntax: {
      text: {
        en: 'this file is needed on the dyno and cannot be parsed here: {problem}',
        fr: 'ce fichier est nécessaire sur le dyno et ne peut être analysé ici : {problem}',
      },
      help: {
        en: 'Correct the syntax. The rest of the file was still read.',
        fr: 'Corrigez la syntaxe. Le reste du fichier a tout de même été lu.',
      },
    },
  },
  check(app, report) {
    // The parts push their problems when they are computed: ask for those whose files the deploy needs.
    void app.dependencies
    void app.processes
    void app.settings
    void app.asgi
    for (const { file, span, message } of app.parseProblems) {
      const hop = file === app.settings.file ? firstImport(app) : 'boot'
      report('syntax', { at: { file, span }, hop, data: { problem: message } })
    }
    const reported = new Set(app.parseProblems.map(({ file }) => file))
    for (const { file, span, message } of urlProblems(app)) {
      if (reported.has(file)) continue
      report('syntax', { at: { file, span }, hop: firstUse(app), data: { problem: message } })
    }
  },
})
