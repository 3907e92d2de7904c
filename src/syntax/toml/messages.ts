import type { Text } from '../../contracts/text.ts'

/** What the parser says, in French: it has no codes to go by. A code point stands at `{}`. */
const french: Readonly<Record<string, string>> = {
  'Unterminated string constant': 'le guillemet n’est jamais refermé',
  'Unterminated table-key': 'il manque le ] qui ferme le nom de la table',
  'Unterminated array': 'il manque le ] qui ferme la liste',
  'Unterminated inline table': 'il manque l’accolade } qui ferme la table',
  'Empty bare keys are not allowed': 'il manque une clé',
  'Must be a newline': 'une fin de ligne est attendue',
  'Expected equal (=) token': 'il manque un signe =',
  'Unspecified values are invalid': 'il manque une valeur',
  'Expected comma (,) token': 'il manque une virgule',
  'Defining a key multiple times is invalid': 'cette clé est définie plusieurs fois',
  'Unexpected character': 'caractère inattendu',
  'Unexpected token': 'élément inattendu',
  'Control characters (codes < 0x1f and 0x7f) are not allowed':
    'les caractères de contrôle (codes < 0x1f, et 0x7f) ne sont pas permis',
  'Invalid code point {} within comments': 'caractère interdit dans un commentaire ({})',
  'The key, equals sign, and value must be on the same line':
    'la clé, le signe = et la valeur doivent être sur la même ligne',
  'No newlines are allowed between the curly braces unless they are valid within a value':
    'pas de fin de ligne entre les accolades, sauf dans une valeur',
  'Underscores are allowed between digits': 'un tiret bas n’est permis qu’entre deux chiffres',
  'Unexpected spaces': 'espaces inattendues',
  'Three or more quotes are not permitted': 'trois guillemets ou plus ne sont pas permis ici',
  'Unexpected invalid date': 'cette date n’existe pas',
  'Unexpected invalid time': 'cette heure n’existe pas',
  'Leading zeros are not allowed': 'un nombre ne commence pas par un zéro',
  'Trailing comma is not permitted in an inline table': 'pas de virgule à la fin d’une table entre accolades',
  'Invalid character in escape sequence': 'TOML ne connaît pas ce caractère après une barre oblique inverse',
  'Consecutive dots are not permitted in keys': 'deux points ne peuvent se suivre dans une clé',
  'Invalid code point {}': 'ce caractère n’existe pas ({})',
  'Keys cannot end with a dot': 'une clé ne finit pas par un point',
  'Keys cannot start with a dot': 'une clé ne commence pas par un point',
}

/** What the parser says of an error, in both languages. */
export function describe(message: string): Text {
  const point = /(?<=code point )\S+/.exec(message)?.[0] ?? ''
  const said = french[point === '' ? message : message.replace(point, '{}')]
  return { en: `TOML: ${message}`, fr: `TOML\u00a0: ${said?.replace('{}', point) ?? message}` }
}
