import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import { rule } from '../../../src/engine/rule.ts'

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
        en: 'this file is needed on the dyno and cannot be parsed: {problem}',
        fr: 'ce fichier est nécessaire sur le dyno et ne peut pas être analysé : {problem}',
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
    void app.asgi.evaluation
    const loads = loadsOf(app)
    for (const { file, span, message } of app.parseProblems) {
      const load = loads.get(file)
      report('syntax', { at: { file, span }, hop: load?.hop ?? 'boot', when: load?.when, data: { problem: message } })
    }
  },
})

/** When a process first runs a file of the project as a module. */
function loadsOf(app: App): ReadonlyMap<string, Met> {
  const loads = new Map<string, Met>()
  for (const { key, met } of metAnywhere(app, (event) => (event.type === 'load' ? event.file : undefined)))
    if (!loads.has(key)) loads.set(key, met)
  return loads
}
