/** How harness.py writes a Python value as JSON; a plain object is always one of the `$` forms. */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | readonly Encoded[]
  | { readonly $int: string }
  | { readonly $float: string }
  | { readonly $bytes: string }
  | { readonly $tuple: readonly Encoded[] }
  | { readonly $set: readonly Encoded[] }
  | { readonly $dict: readonly (readonly [Encoded, Encoded])[] }
  | { readonly $path: string }
  | { readonly $timedelta: readonly [number, number, number] }
  | { readonly $pattern: string }
  | { readonly $ellipsis: true }
  /** A container that is being written already: it holds itself. */
  | { readonly $cycle: true }
  /** A lazy object of Django other than a translation: the function that made it. */
  | { readonly $lazy: string }
  /** A class or function, or an object of a class: dotted names. */
  | { readonly $callable: string }
  | { readonly $object: string }
  | { readonly $module: string }
  /** Something of a module that had no real package: the path by which it was reached. */
  | { readonly $stub: string }
