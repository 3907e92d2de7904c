import { type Database, databaseEntry } from '../../../src/app/settings/databases.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { isRefusedOption, postgresEngines } from '../../../src/knowledge/postgres-options.ts'

/** The names in OPTIONS of a database that its driver refuses, in their order: it complains of the first. */
export function refusedOptions(database: Database): { readonly name: string; readonly at: Place }[] {
  const engine = plain(databaseEntry(database, 'ENGINE')?.value)
  const options = databaseEntry(database, 'OPTIONS')?.value
  if (engine === undefined || !postgresEngines.has(engine) || options?.type !== 'dict') return []
  return options.entries.flatMap(({ key }) => {
    const name = plain(key)
    return name !== undefined && isRefusedOption(name) ? [{ name, at: key.at }] : []
  })
}
