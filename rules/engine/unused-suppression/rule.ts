import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Remove the comment, or correct the rule’s name.',
  fr: 'Supprimez le commentaire, ou corrigez le nom de la règle.',
} as const

export default rule({
  id: 'engine/unused-suppression',
  hop: 'push',
  severity: 'warning',
  aside: true,
  summary: {
    en: 'An ignore comment, or an entry of the configuration, that accepts nothing or names an unknown rule',
    fr: 'Un commentaire d’exception, ou une entrée de la configuration, qui n’accepte rien ou nomme une règle inconnue',
  },
  messages: {
    unused: {
      text: {
        en: 'this comment ignores {rule}, but that rule finds nothing here',
        fr: 'ce commentaire ignore {rule}, mais cette règle ne trouve rien ici',
      },
      help,
    },
    unknown: {
      text: {
        en: 'no rule is called “{rule}”, so this comment ignores nothing',
        fr: 'aucune règle ne s’appelle « {rule} » : ce commentaire n’ignore rien',
      },
      help,
    },
    near: {
      text: {
        en: 'no rule is called “{rule}”, so this comment ignores nothing; did you mean {nearest}?',
        fr: 'aucune règle ne s’appelle « {rule} » : ce commentaire n’ignore rien ; vouliez-vous dire {nearest} ?',
      },
      help,
    },
    bare: {
      text: {
        en: 'an ignore comment must name its rules: dynolint: ignore[rule] reason',
        fr: 'un commentaire d’exception doit nommer ses règles : dynolint: ignore[règle] raison',
      },
      help,
    },
    entry: {
      text: {
        en: 'this entry accepts {rule} in {path}, but nothing is found there',
        fr: 'cette entrée accepte {rule} dans {path}, mais rien n’y est trouvé',
      },
      help: {
        en: 'Remove the entry, or correct its path.',
        fr: 'Supprimez l’entrée, ou corrigez son chemin.',
      },
    },
  },
  check(app, report) {
    for (const { at, path, rule: id } of app.audit.unusedIgnores) {
      report('entry', { at, data: { rule: id, path }, symbol: `${path} ${id}` })
    }
    for (const { file, span, rule: id, known, nearest } of app.audit.unusedSuppressions) {
      const message = id === '' ? 'bare' : known ? 'unused' : nearest === undefined ? 'unknown' : 'near'
      report(message, { at: { file, span }, data: { rule: id, nearest: nearest ?? '' }, symbol: id })
    }
  },
})
