import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../src/files/memory.ts'
import { compareAll, run } from './tool.ts'
import { readVectors, vectorArgv, vectorPackages } from './vectors.ts'

const { modules, versions } = vectorPackages()
const installed = new Set(modules)

/** Values that stay open, by vector: everything else must be known and equal. */
const open: Readonly<Record<string, readonly string[]>> = {
  'environ-path': ['UP'],
  environment: ['COPY', 'FOUND', 'PREFIXED'],
  packages: ['LOGIN_URL'],
  paths: ['EXPAND', 'MISSING'],
  random: ['HOST', 'HOSTS', 'YEAR'],
  text: ['RAW', 'TRANS'],
}

describe('settings modules whose answers CPython gave', () => {
  for (const { name, vector } of readVectors()) {
    describe(`${name}: ${vector.about}`, () => {
      const files = Object.fromEntries(Object.entries(vector.files).map(([path, lines]) => [path, lines.join('\n')]))
      for (const { env, answer, unstable } of vector.trials) {
        it(JSON.stringify(env), () => {
          if (answer === undefined) throw new Error('no answer stored: npm run oracle:settings -- --vectors')
          const side = {
            tree: memoryTree(files),
            base: '',
            argv: vectorArgv,
            installed: (module: string): boolean => installed.has(module),
            versions: new Map(Object.entries({ ...versions, ...vector.versions })),
            python: answer.python,
          }
          const full = { DJANGO_SETTINGS_MODULE: vector.module, ...env }
          const comparison = compareAll(run(side, vector.module, full), answer)
          expect(comparison.crash, JSON.stringify(comparison.ours ?? answer)).toBe('agreed')
          if (!answer.ok) {
            expect(comparison.ours?.exception).toBe(answer.crash.exception)
            return
          }
          const allowed = [...(open[name] ?? []), ...(unstable ?? [])]
          const odd = [...comparison.names].filter(
            ([key, { verdict }]) => verdict === 'wrong' || (verdict === 'open' && !allowed.includes(key)),
          )
          expect(Object.fromEntries(odd)).toEqual({})
        })
      }
    })
  }
})
