import { describe, expect, it } from 'vitest'
import { type FrenchText, frenchTexts, typographic } from '../../scripts/french.ts'

/** What docs/french.md does not want, with the word that it does. Code between backticks and addresses are left out. */
const unwanted: readonly (readonly [RegExp, string])[] = [
  [/\bcouches?\b/i, 'channel layer'],
  [/\b(?:le|un|du|au|ce|son|sans) layers?\b/i, 'channel layer'],
  [/\b(?:la|une|toute|cette|première|aucune|nouvelle) sockets?\b/i, 'un socket'],
  [/\b(?:re)?constructions?\b/i, 'build'],
  [/\bréglages?(?!\p{L})/iu, 'settings'],
  [/\bpiles?\b(?!\s+d’appels)/i, 'stack'],
  [/\bformules?\b/i, 'plan'],
  [/\bfig(?:é|ée|és|ées|er|ez|e|ent)(?!\p{L})/iu, 'épinglé'],
  [/\bsignalements?\b/i, 'constat'],
  [/\bconsommateurs?\b/i, 'consumer'],
  [/\bd’Heroku\b/, 'de Heroku'],
  [/\bsûrement\b/i, 'certainement, à coup sûr'],
  [/\bemplo(?:yer|yé|yée|yés|yez|ie|ient)(?!\p{L})/iu, 'utiliser'],
  [/\bvalidez\b|\bfaites un commit\b/i, 'committez'],
  [/\bmises? à niveau\b/i, 'demande d’upgrade'],
  [/\bla CLI\b/, 'le CLI'],
  [/\bvouliez-vous (?!dire\b)/, 'vouliez-vous dire'],
  [/\bverrous?\b/i, 'fichier de verrouillage'],
  [/(?<!\p{L})négociations?(?!\p{L})/iu, 'poignée de main'],
  [/\bbouclages?\b/i, 'boucle locale'],
  [/\bhops?\b/i, 'étape'],
  [/\p{L}\((?:s|es|e|x)\)/u, 'counted()'],
  [/(?<!\p{L})(?:de|à) les? (?:plan|channel|build|socket|settings)\b/u, 'du, au, des, aux'],
  [/(?<!\p{L})ne [éeaoiu]\p{L}/u, 'n’'],
]

const prose = ({ text }: FrenchText): string =>
  text.replace(/`[^`]*`|\\`(?:[^`\\]|\\[^`])*\\`|\]\([^)]*\)|« [^»]* »/g, ' ')

const shown = ({ file, text }: FrenchText): string => `${file}: ${text}`

describe('the French', () => {
  const texts = frenchTexts()

  it('is found', () => {
    expect(texts.length).toBeGreaterThan(4000)
    expect(texts.some(({ file }) => file === 'src/cli/help.ts')).toBe(true)
    expect(texts.some(({ file }) => file === 'rules/settings/debug/rule.ts')).toBe(true)
  })

  it('has its apostrophes and spaces; `npm run french` writes them', () => {
    expect(texts.filter(({ text }) => typographic(text) !== text).map(shown)).toEqual([])
  })

  it('says one thing in one way (docs/french.md)', () => {
    const wrong = texts.flatMap((text) =>
      unwanted.filter(([word]) => word.test(prose(text))).map(([, say]) => `${say} | ${shown(text)}`),
    )
    expect(wrong).toEqual([])
  })

  it.each([
    ["l'un des add-ons", 'l’un des add-ons'],
    ["d'`ALLOWED_HOSTS`", 'd’`ALLOWED_HOSTS`'],
    ["« Apps aren't loaded yet. »", "«\u00a0Apps aren't loaded yet.\u00a0»"],
    ['erreur : ici ; là !', 'erreur\u00a0: ici\u202f; là\u202f!'],
    ['`a ? b : c` et https://x.example/a?b', '`a ? b : c` et https://x.example/a?b'],
    ["type object 'X'", "type object 'X'"],
  ])('writes %s as %s', (given, wanted) => {
    expect(typographic(given)).toBe(wanted)
  })
})
