import pc from 'picocolors'

/** ANSI styles for text that people read on a terminal; each leaves the text as it is when colours are off. */
export type Colours = Pick<ReturnType<typeof pc.createColors>, 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'>

const same = (text: unknown): string => String(text)
const plain: Colours = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }

/** picocolors is asked only when colours are on: it looks at the terminal, which the runs of a hook need not pay for. */
export function createColours(enabled: boolean): Colours {
  return enabled ? pc.createColors(true) : plain
}
