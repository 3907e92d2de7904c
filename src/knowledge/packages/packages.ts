import { readData } from './data.generated.ts'
import { type PackageHistory, type Packed, unpack } from './packed.ts'

export { dateOf, type PackageHistory, type Release } from './packed.ts'

let data: Packed | undefined
const histories = new Map<string, PackageHistory | undefined>()

const loaded = (): Packed => {
  data ??= readData()
  return data
}

/** Day of the last refresh, `2026-11-22`: nothing newer is known here. */
export const knowledgeDate = (): string => loaded().date

/** Every release of a package of the Channels stack, oldest first; undefined for a package outside it. `name` is normalised. */
export function packageHistory(name: string): PackageHistory | undefined {
  if (!histories.has(name)) histories.set(name, unpack(loaded(), name))
  return histories.get(name)
}

/** Names of the packages whose releases are known. */
export const knownPackages = (): readonly string[] => Object.keys(loaded().packages)
