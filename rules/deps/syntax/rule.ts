import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/syntax',
  hop: 'build',
  severity: 'error',
  fix: 'none',
  summary: {
    en: 'A line of a dependency file that pip (or the lock’s own tool) rejects',
    fr: 'Une ligne d’un fichier de dépendances que pip (ou l’outil du verrou) refuse',
  },
  messages: {
    line: {
      en: '{tool} stops at this line, and the build with it: {problem}',
      fr: '{tool} s’arrête à cette ligne, et la construction avec lui : {problem}',
    },
  },
  mend: {
    en: 'Mend the line; `pip install -r {file}` shows the same error.',
    fr: 'Corrigez la ligne ; `pip install -r {file}` montre la même erreur.',
  },
  check(app, report) {
    for (const { path, format, problems } of app.dependencies.installFiles)
      for (const { span, message } of problems)
        report('line', {
          at: { file: path, span },
          data: { tool: tools[format] ?? 'pip', problem: message, file: path },
          symbol: path,
        })
  },
})

const tools: Readonly<Record<string, string>> = { 'pipfile.lock': 'Pipenv', 'poetry.lock': 'Poetry', 'uv.lock': 'uv' }
