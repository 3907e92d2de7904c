import { readCarried } from './carried.generated.ts'

/** One line for each set of carried packages: `carried…: packages…`. */
export function packCarried(carried: ReadonlyMap<string, readonly string[]>): string {
  const groups = new Map<string, string[]>()
  for (const [name, names] of carried) groups.set(names.join(' '), [...(groups.get(names.join(' ')) ?? []), name])
  return [...groups]
    .map(([names, packages]) => `${names}:${packages.sort().join(' ')}`)
    .sort()
    .join('\n')
}

let read: ReadonlyMap<string, readonly string[]> | undefined

/**
 * The packages, of those that are often installed for another’s sake, which one may bring along in any of its releases; undefined when
 * that is not known. From the metadata of the package index (`npm run knowledge:carried`).
 */
export function mayCarry(name: string): readonly string[] | undefined {
  read ??= new Map(
    readCarried()
      .split('\n')
      .flatMap((line) => {
        const [carried = '', packages = ''] = line.split(':')
        return packages.split(' ').map((one) => [one, carried.split(' ')] as const)
      }),
  )
  return read.get(name)
}
