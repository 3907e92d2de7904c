import { library, type NativeClass, nativeClass, object } from '../library.ts'
import type { Value } from '../value.ts'

const namespace: NativeClass = {
  class: 'types.SimpleNamespace',
  bases: [],
  construct: (run, args) => object(namespace, undefined, run.at, new Map<string, Value>(args.keywords)),
}

export const types = library('types', { SimpleNamespace: nativeClass(namespace) })
