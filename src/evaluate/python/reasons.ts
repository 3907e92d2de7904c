import type { Text } from '../../contracts/text.ts'

/** Why something cannot be known: sentences without a final stop. */

export function notModelled(path: string): Text {
  return { en: `what \`${path}\` gives is not known`, fr: `ce que donne \`${path}\` n’est pas connu` }
}

/** `path` was handed the names of a module. */
export function filledBy(path: string): Text {
  return {
    en: `\`${path}\` may put anything into the module`,
    fr: `\`${path}\` peut mettre n’importe quoi dans le module`,
  }
}

export function notSupported(what: string): Text {
  return { en: `\`${what}\` is not evaluated`, fr: `\`${what}\` n’est pas évalué` }
}

export function variableValue(name: string): Text {
  return { en: `the value of ${name} is not known`, fr: `la valeur de ${name} n’est pas connue` }
}

export const tooLarge: Text = { en: 'the value would be too large', fr: 'la valeur serait trop grande' }
export const tooLong: Text = { en: 'it would take too long to compute', fr: 'le calcul serait trop long' }
export const tooDeep: Text = { en: 'the calls are nested too deeply', fr: 'les appels sont trop imbriqués' }
export const damagedCode: Text = { en: 'the code there cannot be read', fr: 'le code ne peut pas y être lu' }
export const unknownLoop: Text = {
  en: 'it changes in a loop whose turns are not known',
  fr: 'elle change dans une boucle dont on ne connaît pas les tours',
}
export const unknownKey: Text = { en: 'the key is not known', fr: 'la clé n’est pas connue' }
export const unknownName: Text = { en: 'the name is not known', fr: 'le nom n’est pas connu' }
/** What else a copy of the whole environment holds; while this is its reason, nothing was added to the copy or taken out of it. */
export const everyVariable: Text = {
  en: 'it is any of the config vars',
  fr: 'c’est n’importe laquelle des variables de configuration',
}
export const unknownModuleName: Text = {
  en: 'the name of the module is not known',
  fr: 'le nom du module n’est pas connu',
}
export function starImport(module: string): Text {
  return {
    en: `it may come from \`from ${module} import *\``,
    fr: `elle vient peut-être de \`from ${module} import *\``,
  }
}
export function modelFailed(name: string): Text {
  return { en: `\`${name}\` could not be evaluated`, fr: `\`${name}\` n’a pas pu être évalué` }
}
