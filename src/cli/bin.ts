import { start } from './start.ts'

/** Runs the sources as they are, for development: `npx tsx src/cli/bin.ts`. */
await start()
