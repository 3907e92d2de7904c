import { unreadVariables } from '../../../src/app/settings/unread.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'settings/config-var-unread',
  hop: 'safety',
  severity: 'info',
  fix: 'none',
  summary: {
    en: 'A manifest sets a variable that no code reads',
    fr: 'Un manifeste définit une variable qu’aucun code ne lit',
  },
  messages: {
    unread: {
      en: '{file} sets {name}, and nothing in the repository reads it: it has no effect',
      fr: '{file} définit {name}, et rien dans le dépôt ne la lit : elle est sans effet',
    },
  },
  mend: {
    en: 'Remove it, or correct the name: the code may read another one.',
    fr: 'Retirez-la, ou corrigez son nom : le code en lit peut-être une autre.',
  },
  check(app, report) {
    for (const { name, at } of unreadVariables(app)) {
      report('unread', { at, data: { name, file: at.file }, symbol: name })
    }
  },
})
