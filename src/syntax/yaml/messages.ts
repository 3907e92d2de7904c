import type { ErrorCode } from 'yaml'
import type { Text } from '../../contracts/text.ts'
import { maxDepth } from '../data.ts'

const tooDeep: Text = {
  en: `more than ${maxDepth} levels in each other are not read`,
  fr: `plus de ${maxDepth} niveaux imbriqués ne sont pas lus`,
}

const indentation: Text = {
  en: 'this line fits no level of indentation above it, or a bracket above is never closed',
  fr: 'cette ligne ne correspond à aucun niveau d’indentation au-dessus, ou un crochet n’y est pas refermé',
}

const oneAnchor: Text = {
  en: 'a value has one anchor and one tag at most',
  fr: 'une valeur porte au plus une ancre et une étiquette',
}

const noMapping: Text = { en: 'a mapping cannot begin here', fr: 'une table de clés ne peut pas commencer ici' }

const described: Readonly<Record<ErrorCode, Text>> = {
  ALIAS_PROPS: {
    en: 'an alias takes no anchor and no tag of its own',
    fr: 'un alias ne prend ni ancre ni étiquette à lui',
  },
  BAD_ALIAS: { en: 'this is no alias or anchor name', fr: 'ce n’est pas un nom d’alias ou d’ancre' },
  BAD_COLLECTION_TYPE: {
    en: 'the tag does not fit what stands behind it',
    fr: 'l’étiquette ne convient pas à ce qui la suit',
  },
  BAD_DIRECTIVE: {
    en: 'this is no directive of YAML (a text that begins with % needs quotes)',
    fr: 'ce n’est pas une directive YAML (un texte qui commence par % demande des guillemets)',
  },
  BAD_DQ_ESCAPE: {
    en: 'YAML has no such escape after a backslash',
    fr: 'YAML ne connaît pas ce caractère après une barre oblique inverse',
  },
  BAD_INDENT: indentation,
  BAD_PROP_ORDER: {
    en: 'anchors and tags stand before the value',
    fr: 'les ancres et étiquettes précèdent la valeur',
  },
  BAD_SCALAR_START: {
    en: 'a text that begins with this character needs quotes',
    fr: 'un texte qui commence par ce caractère demande des guillemets',
  },
  BLOCK_AS_IMPLICIT_KEY: noMapping,
  BLOCK_IN_FLOW: {
    en: 'no block may stand between brackets',
    fr: 'aucun bloc ne peut se trouver entre crochets ou accolades',
  },
  DUPLICATE_KEY: { en: 'this key stands twice', fr: 'cette clé figure deux fois' },
  IMPOSSIBLE: { en: 'this is no YAML', fr: 'ce n’est pas du YAML' },
  KEY_OVER_1024_CHARS: { en: 'a key has 1024 characters at most', fr: 'une clé compte au plus 1024 caractères' },
  MISSING_CHAR: {
    en: 'a quote, a bracket, a comma or a colon is missing here',
    fr: 'il manque ici un guillemet, un crochet, une virgule ou un deux-points',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'a key stands on one line with its colon (or a line above lacks one)',
    fr: 'une clé tient sur une ligne avec son deux-points (ou il en manque un plus haut)',
  },
  MULTIPLE_ANCHORS: oneAnchor,
  MULTIPLE_DOCS: {
    en: 'a second document begins here; only the first would be read',
    fr: 'un second document commence ici ; seul le premier serait lu',
  },
  MULTIPLE_TAGS: oneAnchor,
  NON_STRING_KEY: { en: 'a key must be a text', fr: 'une clé doit être un texte' },
  RESOURCE_EXHAUSTION: tooDeep,
  TAB_AS_INDENT: { en: 'a tab cannot indent in YAML', fr: 'une tabulation ne peut pas indenter en YAML' },
  TAG_RESOLVE_FAILED: {
    en: 'the value does not fit its tag',
    fr: 'la valeur ne convient pas à son étiquette',
  },
  UNEXPECTED_TOKEN: { en: 'this cannot stand here', fr: 'ceci ne peut pas se trouver ici' },
}

/** What is wrong, for an error of the package. */
export const describe = (code: ErrorCode): Text => described[code]

/** What the reader itself finds wrong. */
export const messages = {
  tooDeep,
  noAnchor: (name: string): Text => ({
    en: `no anchor \`&${name}\` stands above this alias (a text that begins with * needs quotes)`,
    fr: `aucune ancre \`&${name}\` ne précède cet alias (un texte qui commence par * demande des guillemets)`,
  }),
  insideItself: (name: string): Text => ({
    en: `the alias \`*${name}\` stands inside what it names`,
    fr: `l’alias \`*${name}\` se trouve dans ce qu’il nomme`,
  }),
  bomb: {
    en: 'the aliases of this document repeat each other too often to be read',
    fr: 'les alias de ce document se répètent trop pour être lus',
  },
  openQuote: { en: 'the quote is never closed', fr: 'le guillemet n’est jamais refermé' },
  noText: { en: 'a key must be a text', fr: 'une clé doit être un texte' },
  twice: (name: string): Text => ({
    en: `the key "${name}" stands twice`,
    fr: `la clé « ${name} » figure deux fois`,
  }),
  mergesNoTable: {
    en: '`<<` takes a mapping, or a list of mappings',
    fr: '`<<` prend une table de clés, ou une liste de tables',
  },
}
