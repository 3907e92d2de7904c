import { rule } from '../../../src/engine/rule.ts'
import { procfileFaults } from './procfile-faults.ts'

const platforms = {
  classic: { en: 'Heroku’s classic dynos', fr: 'les dynos classiques de Heroku' },
  fir: { en: 'Heroku Fir', fr: 'Heroku Fir' },
  local: { en: '`heroku local`', fr: '`heroku local`' },
}

export default rule({
  id: 'procfile/syntax',
  hop: 'boot',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'A line of the Procfile is dropped or misread',
    fr: 'Une ligne du Procfile est ignorée ou mal lue',
  },
  messages: {
    'no-space': {
      en: '`{type}:` needs a space behind the colon: Heroku’s classic dynos drop the line and the process does not exist (read by: {readers})',
      fr: '`{type}:` doit être suivi d’une espace : les dynos classiques de Heroku ignorent la ligne et le processus n’existe pas (lue par : {readers})',
    },
    'space-before-colon': {
      en: 'with a space before the colon, Heroku’s classic dynos take the colon for the command of `{type}`, which ends at once (read as meant by: {readers})',
      fr: 'avec une espace avant le deux-points, les dynos classiques de Heroku prennent le deux-points pour la commande de `{type}`, qui se termine aussitôt (bien lue par : {readers})',
    },
    bom: {
      en: 'the file begins with a byte order mark: the first line, `{type}`, is not recognised and the process does not exist',
      fr: 'le fichier commence par une marque d’ordre des octets (BOM) : la première ligne, `{type}`, n’est pas reconnue et le processus n’existe pas',
    },
    utf16: {
      en: 'the file is encoded in UTF-16: none of its lines is recognised, so no process exists ("Procfile declares types -> (none)")',
      fr: 'le fichier est codé en UTF-16 : aucune ligne n’est reconnue, aucun processus n’existe (« Procfile declares types -> (none) »)',
    },
    continued: {
      en: 'a Procfile has no continuation lines: `{type}` ends at this backslash, and what follows on the next line is lost',
      fr: 'un Procfile n’a pas de lignes de continuation : `{type}` s’arrête à cette barre oblique inverse, et la suite, à la ligne suivante, est perdue',
    },
    empty: { en: '`{type}` has no command', fr: '`{type}` n’a pas de commande' },
    'no-colon': {
      en: '`{type}` has no colon: only Heroku’s classic dynos read the line',
      fr: '`{type}` n’a pas de deux-points : seuls les dynos classiques de Heroku lisent la ligne',
    },
    pasted: {
      en: 'this line declares a process type `{type}`, as the colon is optional on Heroku’s classic dynos; it looks like a shell command',
      fr: 'cette ligne déclare un type de processus `{type}`, car le deux-points est facultatif sur les dynos classiques de Heroku ; elle ressemble à une commande de shell',
    },
    dropped: {
      en: 'this line is no `type: command`, so it is dropped',
      fr: 'cette ligne n’a pas la forme `type: commande` : elle est ignorée',
    },
    indented: {
      en: '`heroku local` drops this line: it does not begin with the process type',
      fr: '`heroku local` ignore cette ligne : elle ne commence pas par le type de processus',
    },
    type: {
      en: 'Heroku Fir refuses the process type `{type}` (lower-case letters, digits and inner hyphens only)',
      fr: 'Heroku Fir refuse le type de processus `{type}` (lettres minuscules, chiffres et tirets intérieurs seulement)',
    },
  },
  mend: {
    en: 'Write each process on one line as `type: command`, in UTF-8 without byte order mark.',
    fr: 'Écrivez chaque processus sur une ligne, sous la forme `type: commande`, en UTF-8 sans BOM.',
  },
  check(app, report) {
    for (const { kind, at, type, here, readers, edits } of procfileFaults(app)) {
      const names = readers.map((reader) => platforms[reader])
      const list = { en: names.map(({ en }) => en).join(', ') || '—', fr: names.map(({ fr }) => fr).join(', ') || '—' }
      report(kind, {
        at,
        data: { type, readers: list },
        ...(!here && { severity: 'warning' }),
        ...(edits.length > 0 && {
          fixes: [{ title: { en: 'Rewrite the line', fr: 'Réécrire la ligne' }, safety: 'safe', edits }],
        }),
        symbol: type,
      })
    }
  },
})
