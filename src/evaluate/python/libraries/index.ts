import type { Library } from '../library.ts'
import { builtins } from './builtins.ts'
import { catalogue } from './catalogue.ts'
import { collections } from './collections.ts'
import { djangoLibraries } from './django.ts'
import { importLibraries } from './importlib.ts'
import { operator } from './operator.ts'
import { os } from './os.ts'
import { osPath } from './os-path.ts'
import { pathlib } from './pathlib.ts'
import { sys } from './sys.ts'
import { types } from './types.ts'

/** Every library model, by dotted module name. */
export const libraries: ReadonlyMap<string, Library> = new Map(
  [
    builtins,
    os,
    osPath,
    pathlib,
    sys,
    collections,
    operator,
    types,
    ...importLibraries,
    ...djangoLibraries,
    ...catalogue,
  ].map((model) => [model.module, model]),
)
