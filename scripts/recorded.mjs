import { readFileSync } from 'node:fs'

/** What record.mjs wrote: names with blanks between them, by the path of the module; paths of rules. */
const { rarely, sometimes, oftenTold } = JSON.parse(readFileSync(new URL('record.json', import.meta.url), 'utf8'))

/** The functions of a module that few checks call, by their names. */
export const rarelyCalledIn = (module) => new Set(rarely[module]?.split(' '))

/** Modules that have such functions. */
export const modulesWithRare = Object.keys(rarely)

/** Whether most checks call a function of a module; those do that the record does not know. */
export const isOftenCalled = (module, name) =>
  !rarelyCalledIn(module).has(name) && !(sometimes[module]?.split(' ') ?? []).includes(name)

/** Whether many checks tell something of a rule. */
export const isOftenTold = (module) => oftenTold.includes(module)
