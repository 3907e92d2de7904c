import type { Library } from '../library.ts'
import { platform } from './platform.ts'

/** Every library model, by dotted module name. */
export const libraries: ReadonlyMap<string, Library> = new Map([platform].map((model) => [model.module, model]))
