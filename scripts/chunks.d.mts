export function chunkOf(path: string): string
export const chunkNames: readonly string[]
