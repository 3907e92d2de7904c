import { join } from 'node:path'
import type { Place } from '../contracts/place.ts'
import { readText } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { type Buffers, uriOf } from './buffers.ts'
import { type EditorRange, type Positions, type PositionUnit, positionsIn } from './positions.ts'
import type { Checked } from './project.ts'

/** Places of a project as the client names them. */
export interface Places {
  /** The document of a file of the app: by the client's own name when it is open. */
  uri(file: string): string
  range(place: Place): EditorRange
  positions(file: string): Positions
  location(place: Place): { readonly uri: string; readonly range: EditorRange }
}

export function placesOf(checked: Checked, buffers: Buffers, unit: PositionUnit): Places {
  const tables = new Map<string, Positions>()
  const positions = (file: string): Positions =>
    getOrInsert(tables, file, () => positionsIn(readText(checked.app.tree, file)?.text ?? '', unit))
  const uri = (file: string): string => {
    const path = join(checked.root, file)
    return buffers.at(path)?.uri ?? uriOf(path)
  }
  const range = ({ file, span }: Place): EditorRange => positions(file).range(span)
  return { uri, positions, range, location: (place) => ({ uri: uri(place.file), range: range(place) }) }
}
