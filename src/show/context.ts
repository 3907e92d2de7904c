import type { App } from '../app/app.ts'
import type { Place } from '../contracts/place.ts'
import { printable } from '../privacy/printable.ts'
import { locator } from '../report/report.ts'

/** What a topic needs to render places. */
export interface ShowContext {
  readonly app: App
  /** The app's root from the working directory. */
  readonly root: string
  readonly language: 'en' | 'fr'
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  /** `{ file, line }`, from the working directory, 1-based. */
  readonly at: (place: Place) => { readonly file: string; readonly line: number }
  /** `file:line`. */
  readonly where: (place: Place) => string
}

/** A line that is shown, and what stands before those below it where it is wider than the terminal. */
export interface ShownLine {
  readonly text: string
  readonly rest?: string
}

/** Lines with nothing of their own before what is below them. */
export const plainly = (lines: readonly string[]): ShownLine[] => lines.map((text) => ({ text }))

export function showContext(
  app: App,
  root: string,
  language: 'en' | 'fr',
  bold: (text: string) => string,
  dim: (text: string) => string,
): ShowContext {
  const locate = locator({ root, tree: app.tree })
  const at = (place: Place) => {
    const { file, start } = locate(place)
    return { file, line: start.line }
  }
  const where = (place: Place) => {
    const { file, line } = at(place)
    return `${printable(file)}:${line}`
  }
  const painted = (paint: (text: string) => string) => (text: string) => paint(printable(text))
  return { app, root, language, bold: painted(bold), dim: painted(dim), at, where }
}
