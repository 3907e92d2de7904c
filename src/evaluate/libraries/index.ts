import type { Library } from '../library.ts'
import { builtins } from './builtins.ts'
import { catalogue } from './catalogue.ts'
import { djangoLibraries } from './django.ts'
import { importLibraries } from './importlib.ts'
import { os } from './os.ts'
import { osPath } from './os-path.ts'
import { pathlib } from './pathlib.ts'
import { sys } from './sys.ts'

/** Every library model, by dotted module name. */
export const libraries: ReadonlyMap<string, Library> = new Map(
  [builtins, os, osPath, pathlib, sys, ...importLibraries, ...djangoLibraries, ...catalogue].map((model) => [
    model.module,
    model,
  ]),
)
