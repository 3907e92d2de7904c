import { dict, text } from '../constructors.ts'
import { library, type NativeClass, nativeClass, object } from '../library.ts'
import type { Value } from '../value.ts'

const namespace: NativeClass = {
  class: 'types.SimpleNamespace',
  bases: [],
  get: (run, self, name) =>
    name !== '__dict__'
      ? undefined
      : dict(
          [...self.attributes].map(([key, value]) => ({ key: text(key, run.at), value, at: run.at })),
          run.at,
        ),
  construct: (run, args) => object(namespace, undefined, run.at, new Map<string, Value>(args.keywords)),
}

export const types = library('types', { SimpleNamespace: nativeClass(namespace) })
