import { rule } from '../../../src/engine/rule.ts'
import { type ProcfileFault, procfileFaults } from './procfile-faults.ts'

const fix = { safety: 'safe', en: 'Rewrite the line', fr: 'Réécrire la ligne' } as const

const platforms = {
  classic: { en: 'Heroku’s classic dynos', fr: 'les dynos classiques de Heroku' },
  fir: { en: 'Heroku Fir', fr: 'Heroku Fir' },
  local: { en: '`heroku local`', fr: '`heroku local`' },
}

const help = {
  en: 'Write each process on one line as `type: command`, in UTF-8 without a byte order mark.',
  fr: 'Écrivez chaque processus sur une ligne, sous la forme `type: commande`, en UTF-8 sans BOM.',
} as const

type Varying = 'no-space' | 'space-before-colon' | 'no-colon' | 'pasted'

/** What to say of a line that only another platform loses or misreads. */
const elsewhere: Readonly<Partial<Record<ProcfileFault['kind'], `${Varying}-elsewhere`>>> = {
  'no-space': 'no-space-elsewhere',
  'space-before-colon': 'space-before-colon-elsewhere',
  'no-colon': 'no-colon-elsewhere',
  pasted: 'pasted-elsewhere',
}

const noSpace = {
  text: {
    en: '`{type}:` needs a space after the colon: Heroku’s classic dynos drop the line and the process does not exist (read by: {readers})',
    fr: '`{type}:` doit être suivi d’une espace : les dynos classiques de Heroku ignorent la ligne et le processus n’existe pas (lue par : {readers})',
  },
  help,
  fix,
} as const

const spaceBeforeColon = {
  text: {
    en: 'with a space before the colon, Heroku’s classic dynos take the colon for the command of `{type}`, which ends at once (read as meant by: {readers})',
    fr: 'avec une espace avant le deux-points, les dynos classiques de Heroku prennent le deux-points pour la commande de `{type}`, qui se termine aussitôt (bien lue par : {readers})',
  },
  help,
  fix,
} as const

const noColon = {
  text: {
    en: '`{type}` has no colon: only Heroku’s classic dynos read the line',
    fr: '`{type}` n’a pas de deux-points : seuls les dynos classiques de Heroku lisent la ligne',
  },
  help,
  fix,
} as const

const pasted = {
  text: {
    en: 'this line declares a process type `{type}`, as the colon is optional on Heroku’s classic dynos; it looks like a shell command',
    fr: 'cette ligne déclare un type de processus `{type}`, car le deux-points est facultatif sur les dynos classiques de Heroku ; elle ressemble à une commande de shell',
  },
  help,
} as const

export default rule({
  id: 'procfile/syntax',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'A line of the Procfile is dropped or misread',
    fr: 'Une ligne du Procfile est ignorée ou mal lue',
  },
  messages: {
    'no-space': noSpace,
    'no-space-elsewhere': { ...noSpace, severity: 'warning' },
    'space-before-colon': spaceBeforeColon,
    'space-before-colon-elsewhere': { ...spaceBeforeColon, severity: 'warning' },
    bom: {
      text: {
        en: 'the file begins with a byte order mark: the first line, `{type}`, is not recognised and the process does not exist',
        fr: 'le fichier commence par une marque d’ordre des octets (BOM) : la première ligne, `{type}`, n’est pas reconnue et le processus n’existe pas',
      },
      help,
      fix: { safety: 'safe', en: 'Save as UTF-8', fr: 'Enregistrer en UTF-8' },
    },
    utf16: {
      text: {
        en: 'the file is encoded in UTF-16: none of its lines is recognised, so no process exists ("Procfile declares types -> (none)")',
        fr: 'le fichier est codé en UTF-16 : aucune ligne n’est reconnue, aucun processus n’existe (« Procfile declares types -> (none) »)',
      },
      help,
      fix: { safety: 'safe', en: 'Save as UTF-8', fr: 'Enregistrer en UTF-8' },
    },
    continued: {
      text: {
        en: 'a Procfile has no continuation lines: `{type}` ends at this backslash, and what follows on the next line is lost',
        fr: 'un Procfile n’a pas de lignes de continuation : `{type}` s’arrête à cette barre oblique inverse, et la suite, à la ligne suivante, est perdue',
      },
      help,
      fix,
    },
    empty: {
      text: { en: '`{type}` has no command', fr: '`{type}` n’a pas de commande' },
      help,
    },
    'no-colon': noColon,
    'no-colon-elsewhere': { ...noColon, severity: 'info' },
    pasted,
    'pasted-elsewhere': { ...pasted, severity: 'warning' },
    dropped: {
      text: {
        en: 'this line does not have the form `type: command`, so it is dropped',
        fr: 'cette ligne n’a pas la forme `type: commande` : elle est ignorée',
      },
      help,
    },
    indented: {
      severity: 'warning',
      text: {
        en: '`heroku local` drops this line: it does not begin with the process type',
        fr: '`heroku local` ignore cette ligne : elle ne commence pas par le type de processus',
      },
      help,
    },
    type: {
      text: {
        en: 'Heroku Fir refuses the process type `{type}` (lower-case letters, digits and inner hyphens only)',
        fr: 'Heroku Fir refuse le type de processus `{type}` (lettres minuscules, chiffres et tirets intérieurs seulement)',
      },
      help,
    },
  },
  check(app, report) {
    for (const { kind, at, type, here, readers, edits } of procfileFaults(app)) {
      const names = readers.map((reader) => platforms[reader])
      const list = { en: names.map(({ en }) => en).join(', ') || '—', fr: names.map(({ fr }) => fr).join(', ') || '—' }
      report((here ? undefined : elsewhere[kind]) ?? kind, {
        at,
        data: { type, readers: list },
        edits,
        symbol: type,
      })
    }
  },
})
