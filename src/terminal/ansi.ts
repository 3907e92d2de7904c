import pc from 'picocolors'
import type { Colours } from './colours.ts'

/** Styles as ANSI escape sequences. A file of its own: picocolors looks at the terminal when it is loaded. */
export const ansi = (): Colours => pc.createColors(true)
