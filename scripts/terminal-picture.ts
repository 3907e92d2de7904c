import { stripVTControlCharacters } from 'node:util'

/**
 * What the tool prints in a terminal, as a picture: an SVG of text, so that it stays sharp and can be read aloud. Letters are as wide
 * as the terminal's columns (`textLength`), whatever monospaced font the reader has.
 */

export interface Palette {
  readonly background: string
  readonly border: string
  readonly text: string
  readonly dim: string
  readonly red: string
  readonly green: string
  readonly yellow: string
  readonly cyan: string
}

/** Colours of which each can be read on its background (4.5 : 1 at least). */
export const palettes = {
  light: {
    background: '#ffffff',
    border: '#d1d9e0',
    text: '#1f2328',
    dim: '#59636e',
    red: '#b3141d',
    green: '#116329',
    yellow: '#7d4e00',
    cyan: '#0a5f73',
  },
  dark: {
    background: '#0d1117',
    border: '#3d444d',
    text: '#e6edf3',
    dim: '#9198a1',
    red: '#ff7b72',
    green: '#56d364',
    yellow: '#e3b341',
    cyan: '#76e3ea',
  },
} as const satisfies Record<string, Palette>

const column = 7.8
const row = 18
const margin = 16

/** The colours of a terminal by their codes, as picocolors writes them. */
const foreground: Readonly<Record<string, keyof Palette>> = { 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' }

interface Style {
  readonly colour: keyof Palette
  readonly bold: boolean
}

const plain: Style = { colour: 'text', bold: false }

/**
 * @param output - lines as the tool writes them to a terminal
 * @param title - what the picture is of, for those who do not see it
 */
export function terminalPicture(output: string, title: string, palette: Palette): string {
  const lines = output.trimEnd().split('\n')
  const columns = Math.max(...lines.map((line) => [...stripVTControlCharacters(line)].length))
  const width = Math.ceil(columns * column + 2 * margin)
  const height = lines.length * row + 2 * margin
  let style = plain
  const texts = lines.map((line, index) => {
    const y = margin + index * row + 13
    const spans: string[] = []
    let at = 0
    for (const [part, piece] of line.split(controlSequence).entries()) {
      // All but the first begin with the code of a colour: `31m`.
      const [, code, text = piece] = (part > 0 && /^(\d+)m(.*)$/.exec(piece)) || []
      if (code !== undefined) style = styled(style, code)
      const length = [...text].length
      if (text.trim() !== '') spans.push(span(text, at, length, y, style, palette))
      at += length
    }
    return spans.join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${palette.background}" stroke="${palette.border}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" xml:space="preserve">
${texts.filter((text) => text !== '').join('\n')}
</g>
</svg>
`
}

const controlSequence = '\u001b['

function styled(style: Style, code: string): Style {
  if (code === '1') return { ...style, bold: true }
  if (code === '2') return { ...style, colour: 'dim' }
  if (code === '22') return { colour: style.colour === 'dim' ? 'text' : style.colour, bold: false }
  const colour = foreground[code]
  if (colour !== undefined) return { ...style, colour }
  return code === '39' ? { ...style, colour: 'text' } : plain
}

function span(text: string, at: number, length: number, y: number, style: Style, palette: Palette): string {
  const blanks = text.length - text.trimStart().length
  const shown = text.trim()
  const x = margin + (at + blanks) * column
  const weight = style.bold ? ' font-weight="600"' : ''
  const wide = (length - blanks - (text.length - text.trimEnd().length)) * column
  return `<text x="${round(x)}" y="${y}" fill="${palette[style.colour]}"${weight} textLength="${round(wide)}" lengthAdjust="spacingAndGlyphs">${escaped(shown)}</text>`
}

const round = (value: number): string => String(Math.round(value * 10) / 10)

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
