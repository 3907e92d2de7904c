/** ANSI styles for text that people read on a terminal; each leaves the text as it is when colours are off. */
export interface Colours {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}

export function createColours(enabled: boolean): Colours {
  const style = (open: number, close: number, again = `\x1b[${open}m`): ((text: string) => string) => {
    const [first, last] = [`\x1b[${open}m`, `\x1b[${close}m`]
    // An inner style ends with the code that would end this one too, so this one is taken up again.
    return enabled ? (text) => first + text.replaceAll(last, again) + last : (text) => text
  }
  return {
    bold: style(1, 22, '\x1b[22m\x1b[1m'),
    dim: style(2, 22, '\x1b[22m\x1b[2m'),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
  }
}
