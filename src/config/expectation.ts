import type { Text } from '../contracts/text.ts'

/** Valibot's names of what is in a file, in words. What is not one of them is a value, and stands as it is. */
const kinds: Readonly<Record<string, Text>> = {
  string: { en: 'a text', fr: 'un texte' },
  number: { en: 'a number', fr: 'un nombre' },
  boolean: { en: 'true or false', fr: 'true ou false' },
  Array: { en: 'a list', fr: 'une liste' },
  Object: { en: 'a table', fr: 'une table' },
  Date: { en: 'a date', fr: 'une date' },
}

/**
 * What should stand at a place, and what stands there.
 * @param expected - as valibot writes it: `Array`, `("off" | "info")`
 */
export function expectation(expected: string, received: string): Text {
  const choices = expected.replace(/^\((.*)\)$/, '$1').split(' | ')
  const said = (language: keyof Text, or: string): string => {
    const words = [...new Set(choices)].filter((one) => one !== 'undefined').map((one) => kinds[one]?.[language] ?? one)
    const last = words.pop() ?? ''
    return words.length === 0 ? last : `${words.join(', ')} ${or} ${last}`
  }
  return {
    en: `it takes ${said('en', 'or')}, not ${kinds[received]?.en ?? received}`,
    fr: `il faut ${said('fr', 'ou')}, et non ${kinds[received]?.fr ?? received}`,
  }
}
