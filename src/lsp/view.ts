import type { Diagnostic } from 'vscode-languageserver/node'
import type { Language } from '../contracts/text.ts'
import { getOrInsert } from '../get-or-insert.ts'
import type { Buffers } from './buffers.ts'
import type { Client } from './client.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { type Places, placesOf } from './places.ts'
import type { Checked } from './project.ts'

/** A checked project as a client sees it. */
export interface View {
  readonly checked: Checked
  readonly places: Places
  /** By document. */
  diagnostics(): ReadonlyMap<string, readonly Diagnostic[]>
}

/** Makes views; one for each check, however many requests ask. */
export function views(buffers: Buffers, client: () => Client, language: () => Language): (checked: Checked) => View {
  const known = new WeakMap<Checked, View>()
  return (checked) =>
    getOrInsert(known, checked, () => {
      const places = placesOf(checked, buffers, client().unit)
      const form = { language: language(), related: client().related }
      let diagnostics: ReadonlyMap<string, readonly Diagnostic[]> | undefined
      return {
        checked,
        places,
        diagnostics() {
          diagnostics ??= diagnosticsOf(checked, places, form)
          return diagnostics
        },
      }
    })
}
