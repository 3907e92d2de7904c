export function licensesOf(moduleIds: readonly string[]): string
export function packagesListed(text: string): string[]
