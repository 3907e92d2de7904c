export function chunkOf(path: string): string
export function unusedEntries(paths: readonly string[]): readonly string[]
export const chunkNames: readonly string[]
