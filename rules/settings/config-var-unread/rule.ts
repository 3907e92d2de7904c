import { rule } from '../../../src/engine/rule.ts'
import { unreadVariables } from './unread-variables.ts'

const help = {
  en: 'Remove it, or correct the name: the code may read another one.',
  fr: 'Retirez-la, ou corrigez son nom : le code en lit peut-être une autre.',
} as const

export default rule({
  id: 'settings/config-var-unread',
  hop: 'safety',
  severity: 'info',
  summary: {
    en: 'A manifest or the deployed app sets a variable that no code reads',
    fr: 'Un manifeste ou l’application déployée définit une variable qu’aucun code ne lit',
  },
  messages: {
    unread: {
      text: {
        en: '{file} sets {name}, and nothing in the repository reads it: it has no effect',
        fr: '{file} définit {name}, et rien dans le dépôt ne la lit : elle est sans effet',
      },
      help,
    },
    deployed: {
      text: {
        en: 'the app has the config var {name}, and nothing in the repository reads it: it has no effect',
        fr: 'l’application a la config var {name}, et rien dans le dépôt ne la lit : elle est sans effet',
      },
      help,
    },
  },
  check(app, report) {
    for (const { name, at } of unreadVariables(app)) {
      const deployed = app.snapshot?.config?.get(name)?.at === at
      report(deployed ? 'deployed' : 'unread', { at, data: { name, file: at.file }, symbol: name })
    }
  },
})
