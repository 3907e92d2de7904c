import { outsideWrites } from '../../evaluate/python/attribute-writes.ts'
import { perFile } from '../../files/per-file.ts'
import { parsedFile } from '../../syntax/python/file.ts'
import type { Code } from './python-code.ts'

/** Names that code of the project sets on objects other than its own, perhaps modules: `services.hub = …`, `builtins._ = …`. */
export function setOutside(code: Code): ReadonlySet<string> {
  return new Set(
    code.files.flatMap((path) => {
      const source = code.source(path)
      return source === undefined ? [] : [...writesOutside(source)]
    }),
  )
}

const writesOutside = perFile((source) => outsideWrites(parsedFile(source).module))
