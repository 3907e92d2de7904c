import { readData as readBeside } from './beside.generated.ts'
import { besideNames } from './beside-names.ts'
import { readData } from './data.generated.ts'
import { type PackageHistory, type Packed, unpack } from './packed.ts'

export { dateOf, type PackageHistory, type Release } from './packed.ts'

let data: Packed | undefined
let beside: Packed | undefined
const isBeside = new Set(besideNames)
const histories = new Map<string, PackageHistory | undefined>()

const loaded = (): Packed => {
  data ??= readData()
  return data
}

const loadedBeside = (): Packed => {
  beside ??= readBeside()
  return beside
}

/** Day of the last refresh, `2026-11-22`: nothing newer is known here. */
export const knowledgeDate = (): string => loaded().date

/** Every release of a package of the Channels stack or beside it, oldest first; undefined for any other. `name` is normalised. */
export function packageHistory(name: string): PackageHistory | undefined {
  if (!histories.has(name)) histories.set(name, unpack(isBeside.has(name) ? loadedBeside() : loaded(), name))
  return histories.get(name)
}

/** Names of the packages whose releases are known. */
export const knownPackages = (): readonly string[] => [...Object.keys(loaded().packages), ...besideNames]
