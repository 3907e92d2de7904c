import { ansi } from './ansi.ts'

/** Styles for text that people read on a terminal. */
export type Colours = Readonly<
  Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string | number) => string>
>

const plain: Colours = { bold: String, dim: String, red: String, green: String, yellow: String, cyan: String }

/** Each style leaves the text as it is when colours are off. */
export function createColours(enabled: boolean): Colours {
  return enabled ? ansi() : plain
}
