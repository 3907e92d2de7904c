import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import { rule } from '../../../src/engine/rule.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { newerSyntax, newestSyntax } from '../../../src/syntax/python/newer.ts'

export default rule({
  id: 'engine/parse-error',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'A file that the deploy needs cannot be parsed',
    fr: 'Un fichier dont le déploiement a besoin ne peut pas être analysé',
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
    newer: {
      text: {
        en: 'this file is needed on the dyno, and Python {python} cannot parse it: {problem} needs Python {since} ("SyntaxError")',
        fr: 'ce fichier est nécessaire sur le dyno, et Python {python} ne peut pas l’analyser : {problem}, ce que seul Python {since} ou une version plus récente accepte (« SyntaxError »)',
      },
      help: {
        en: 'Name Python {since} or later in `.python-version`, or write it as Python {python} reads it: other quotes inside, a variable before the string.',
        fr: 'Indiquez Python {since} ou une version plus récente dans `.python-version`, ou écrivez-le comme Python {python} le lit : d’autres guillemets à l’intérieur, une variable avant la chaîne.',
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
    for (const { file, span, load, since, problem } of newer(app, loads))
      report('newer', {
        at: { file, span },
        hop: load.hop,
        when: load.when,
        data: { problem, since: `3.${since}`, python: app.dependencies.python.minor ?? '' },
      })
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

/** The first spelling in each file that a process runs which the Python of the build refuses. */
function newer(app: App, loads: ReadonlyMap<string, Met>) {
  const minor = Number(app.dependencies.python.minor?.split('.')[1])
  if (minor >= newestSyntax) return []
  return [...loads].flatMap(([file, load]) => {
    const parsed = parseFile(app.tree, file)
    const first = parsed && newerSyntax(parsed.module, parsed.text).find(({ since }) => since > minor)
    return first === undefined
      ? []
      : [{ file, load, since: first.since, problem: first.what, span: { start: first.start, end: first.end } }]
  })
}
