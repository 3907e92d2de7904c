import { filesOfBuild } from '../../../src/app/dependencies/manager.ts'
import type { DependencySet, FileFormat } from '../../../src/app/dependencies/model.ts'
import { pinnedLine } from '../../../src/app/dependencies/text-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/syntax',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'A line of a dependency file that pip (or the lock’s own tool) rejects',
    fr: 'Une ligne d’un fichier de dépendances que pip (ou l’outil du fichier de verrouillage) refuse',
  },
  messages: {
    line: {
      text: {
        en: '{tool} stops at this line, and the build with it: {problem}',
        fr: '{tool} s’arrête à cette ligne, et le build avec lui : {problem}',
      },
      help: {
        en: 'Correct it; `{command}` shows the same error.',
        fr: 'Corrigez ; `{command}` montre la même erreur.',
      },
      fix: { safety: 'safe', en: 'Write it as a pin', fr: 'L’écrire comme une version épinglée' },
    },
  },
  check(app, report) {
    for (const { path, format, problems } of filesOfBuild(app.dependencies)) {
      const { tool, command } = toolOf(format, app.dependencies.manager)
      // What follows the first mistake of a TOML or JSON file is a consequence of it.
      const told = tool === 'pip' ? problems : problems.slice(0, 1)
      for (const { span, message } of told)
        report('line', {
          at: { file: path, span },
          edits: tool === 'pip' ? editsOf(pinnedLine(app, { file: path, span })) : undefined,
          data: { tool, problem: message, command: command.replace('{file}', path) },
          symbol: path,
        })
    }
  },
})

const editsOf = (edit: Edit | undefined): Edit[] | undefined => edit && [edit]

function toolOf(format: FileFormat, manager: DependencySet['manager']): { tool: string; command: string } {
  if (format === 'pipfile' || format === 'pipfile.lock') return { tool: 'Pipenv', command: 'pipenv verify' }
  if (format === 'uv.lock' || (format === 'pyproject' && manager === 'uv'))
    return { tool: 'uv', command: 'uv lock --check' }
  if (format === 'poetry.lock' || format === 'pyproject') return { tool: 'Poetry', command: 'poetry check --lock' }
  return { tool: 'pip', command: 'pip install -r {file}' }
}
