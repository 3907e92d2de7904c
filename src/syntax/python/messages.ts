import type { Text } from '../../contracts/text.ts'

/** What the reader says about damage. A `what` is something expected: code in backticks, or a noun phrase. */

export function code(written: string): Text {
  return { en: `\`${written}\``, fr: `\`${written}\`` }
}

export const EXPRESSION: Text = { en: 'an expression', fr: 'une expression' }
export const IDENTIFIER: Text = { en: 'a name', fr: 'un nom' }
export const PATTERN: Text = { en: 'a pattern', fr: 'un motif' }
export const LINE_END: Text = { en: 'the end of the line', fr: 'la fin de la ligne' }
export const FILE_END: Text = { en: 'the end of the file', fr: 'la fin du fichier' }

export function expected(what: Text, found: Text): Text {
  return { en: `Expected ${what.en}, found ${found.en}`, fr: `Attendu : ${what.fr} ; trouvé : ${found.fr}` }
}

export const INDENTED_BLOCK: Text = {
  en: 'Expected an indented block after this line',
  fr: 'Un bloc indenté est attendu après cette ligne',
}
export const UNEXPECTED_INDENT: Text = {
  en: 'This line is indented more than its block',
  fr: 'Cette ligne est plus indentée que son bloc',
}
export const UNMATCHED_DEDENT: Text = {
  en: 'The indentation of this line matches no enclosing block',
  fr: 'L’indentation de cette ligne ne correspond à aucun bloc englobant',
}
export const TABS: Text = {
  en: 'Tabs and spaces are mixed so that the indentation depends on the width of a tab',
  fr: 'Tabulations et espaces sont mélangées : l’indentation dépend de la largeur d’une tabulation',
}
export const NUL: Text = {
  en: 'A NUL character stands here, and Python takes no file that holds one',
  fr: 'Un caractère NUL se trouve ici, et Python n’accepte aucun fichier qui en contient',
}
export const TOO_DEEP: Text = {
  en: 'Nested too deeply to be read',
  fr: 'Imbrication trop profonde pour être lue',
}
export const UNTERMINATED_STRING: Text = {
  en: 'This string is not closed on its line',
  fr: 'Cette chaîne n’est pas refermée sur sa ligne',
}
export const UNTERMINATED_TRIPLE: Text = {
  en: 'This triple-quoted string is never closed',
  fr: 'Cette chaîne à triples guillemets n’est jamais refermée',
}
export const CONFLICT: Text = {
  en: 'Merge-conflict marker left in the file',
  fr: 'Marqueur de conflit de fusion laissé dans le fichier',
}
export const AFTER_BACKSLASH: Text = {
  en: 'Unexpected character after the line continuation `\\`',
  fr: 'Caractère inattendu après la continuation de ligne `\\`',
}
export const NUMBER: Text = { en: 'This number is not well formed', fr: 'Ce nombre est mal formé' }
export const LEADING_ZERO: Text = {
  en: 'A decimal number cannot start with 0; an octal one is written `0o`',
  fr: 'Un nombre décimal ne peut pas commencer par 0 ; un nombre octal s’écrit `0o`',
}
export const LONG_NUMBER: Text = {
  en: 'Python refuses decimal integers of more than 4,300 digits',
  fr: 'Python refuse les entiers décimaux de plus de 4 300 chiffres',
}
export const NOT_ASCII_BYTES: Text = {
  en: 'A bytes literal can only contain ASCII characters',
  fr: 'Un littéral bytes ne peut contenir que des caractères ASCII',
}
export const BYTES_AND_TEXT: Text = {
  en: 'Bytes and text literals cannot be joined',
  fr: 'Des littéraux bytes et texte ne peuvent pas être accolés',
}
export const TEMPLATE_AND_TEXT: Text = {
  en: 'A template string can only be joined with template strings',
  fr: 'Une t-string ne peut être accolée qu’à d’autres t-strings',
}
export const LONE_BRACE: Text = {
  en: 'A single `}` in an f-string must be doubled',
  fr: 'Un `}` isolé dans une f-string doit être doublé',
}
export const CONVERSION: Text = {
  en: 'Expected `s`, `r` or `a` after `!`',
  fr: '`s`, `r` ou `a` attendu après `!`',
}
export const STAR_HERE: Text = {
  en: 'A starred expression cannot stand here',
  fr: 'Une expression étoilée est impossible ici',
}
export const POSITIONAL_AFTER_KEYWORD: Text = {
  en: 'A positional argument follows a keyword argument',
  fr: 'Un argument positionnel suit un argument nommé',
}
export const BARE_GENERATOR: Text = {
  en: 'A generator expression needs its own parentheses here',
  fr: 'Une expression génératrice doit avoir ses propres parenthèses ici',
}
export const ASSIGNMENT: Text = { en: 'This cannot be assigned to', fr: 'Impossible d’affecter une valeur à ceci' }
export const DELETION: Text = { en: 'This cannot be deleted', fr: 'Ceci ne peut pas être supprimé par `del`' }
export const PARAMETER_ORDER: Text = {
  en: 'This parameter cannot stand here',
  fr: 'Ce paramètre n’est pas à sa place',
}
export const DEFAULT_ORDER: Text = {
  en: 'A parameter without a default follows one with a default',
  fr: 'Un paramètre sans valeur par défaut suit un paramètre qui en a une',
}
export const DECORATED: Text = {
  en: 'Expected a function or a class after the decorator',
  fr: 'Une fonction ou une classe est attendue après le décorateur',
}
export const NO_HANDLER: Text = {
  en: '`try` has neither `except` nor `finally`',
  fr: '`try` n’a ni `except` ni `finally`',
}
export const MIXED_EXCEPT: Text = {
  en: '`except` and `except*` cannot be mixed in one `try`',
  fr: '`except` et `except*` ne peuvent pas être mélangés dans un même `try`',
}
export const NEEDS_PARENTHESES: Text = {
  en: 'Several exception types with `as` need parentheses',
  fr: 'Plusieurs types d’exception avec `as` doivent être entre parenthèses',
}
export const TRAILING_COMMA: Text = {
  en: 'A trailing comma needs parentheses around the imported names',
  fr: 'Une virgule finale exige des parenthèses autour des noms importés',
}
export const PATTERN_NAME: Text = {
  en: '`_` cannot name what a pattern matched',
  fr: '`_` ne peut pas nommer ce qu’un motif a reconnu',
}
export const CASE_ONLY: Text = {
  en: 'Only `case` blocks can stand in a `match`',
  fr: 'Un `match` ne peut contenir que des blocs `case`',
}

export function neverClosed(bracket: string): Text {
  return { en: `\`${bracket}\` is never closed`, fr: `\`${bracket}\` n’est jamais refermé` }
}

export function orphan(keyword: string): Text {
  return {
    en: `\`${keyword}\` belongs to no statement above it`,
    fr: `\`${keyword}\` ne se rattache à aucune instruction`,
  }
}

export function python2(name: string): Text {
  return {
    en: `\`${name}\` is a function in Python 3: its argument needs parentheses`,
    fr: `\`${name}\` est une fonction en Python 3 : son argument doit être entre parenthèses`,
  }
}

export function badCharacter(character: string): Text {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const shown = /^[\p{L}\p{P}\p{S}]$/u.test(character) ? `\`${character}\` (U+${point})` : `U+${point}`
  return { en: `Character ${shown} cannot stand here`, fr: `Le caractère ${shown} est impossible ici` }
}

export function badEscape(written: string): Text {
  return {
    en: `Truncated or invalid escape \`${written}\` in a string`,
    fr: `Échappement \`${written}\` tronqué ou invalide dans une chaîne`,
  }
}
