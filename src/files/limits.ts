/** A lock file of a large project has a few megabytes; nothing the deploy needs is larger than this. */
export const maxFileBytes: number = 12 * 1024 * 1024
