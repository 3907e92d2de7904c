import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'engine/config',
  hop: 'push',
  severity: 'error',
  aside: true,
  summary: {
    en: 'An unknown key, rule id or value in dynolint’s own configuration',
    fr: 'Clé, règle ou valeur inconnue dans la configuration de dynolint',
  },
  messages: {
    problem: {
      text: { en: '{problem}', fr: '{problem}' },
      help: {
        en: 'Correct this entry; until then it is left out and the exit code is 2.',
        fr: 'Corrigez cette entrée ; d’ici là, elle est laissée de côté et le code de sortie est 2.',
      },
    },
  },
  check(app, report) {
    for (const { at, message } of app.audit.configProblems) {
      if (at !== undefined) report('problem', { at, data: { problem: message satisfies Text } })
    }
  },
})
