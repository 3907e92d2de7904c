import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'engine/internal-error',
  hop: 'push',
  severity: 'error',
  summary: {
    en: 'A part of dynolint failed; the rest of the report is valid',
    fr: 'Une partie de dynolint a échoué ; le reste du rapport reste valable',
  },
  messages: {
    failed: {
      text: {
        en: '{part} of dynolint failed ({error}): what it checks is unknown',
        fr: '{part} de dynolint a échoué ({error}) : ce qu’elle vérifie reste inconnu',
      },
      help: {
        en: 'This is a bug in dynolint: please report it, with the file that causes it. Until then the exit code is 2.',
        fr: 'C’est un bug de dynolint : merci de le signaler, avec le fichier qui le provoque. D’ici là, le code de sortie est 2.',
      },
    },
  },
  check(app, report) {
    for (const { part, error } of app.audit.failures) {
      report('failed', {
        at: { file: placeOf(app.tree), span: { start: 0, end: 0 } },
        data: {
          part: { en: `the part “${part}”`, fr: `la partie « ${part} »` },
          error: error instanceof Error ? error.message : String(error),
        },
        // It says nothing about the app: no hop breaks for it.
        process: 'dynolint',
        symbol: part,
      })
    }
  },
})

/** A finding needs a file: the one that starts the app, else any of its root. */
function placeOf(tree: {
  kind(path: string): unknown
  list(folder: string): readonly { name: string; kind: string }[]
}) {
  if (tree.kind('Procfile') === 'file') return 'Procfile'
  return tree.list('').find(({ kind }) => kind === 'file')?.name ?? 'Procfile'
}
