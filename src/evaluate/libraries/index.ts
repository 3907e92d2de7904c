import type { Library } from '../library.ts'
import { catalogue } from './catalogue.ts'

/** Every library model, by dotted module name. */
export const libraries: ReadonlyMap<string, Library> = new Map(catalogue.map((model) => [model.module, model]))
