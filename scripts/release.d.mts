export const manifests: readonly string[]
export const documents: readonly string[]
export function released(files: ReadonlyMap<string, string>, version: string, day: string): Map<string, string>
export function disagreements(files: ReadonlyMap<string, string>, tag?: string): string[]
export function notesOf(text: string, version: string): string
export function versionsNamed(text: string): string[]
