/**
 * The files of lib/: the library as one ES module that asks for nothing of Node (`src/library/library.ts`), and its types, a
 * declaration for each source that they come from.
 */
import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { isolatedDeclarationSync } from 'rolldown/experimental'
import { licensesOf } from './licenses.mjs'

const entry = 'src/library/library.ts'

/** By name, from lib/. */
export async function libraryFiles() {
  const build = await rolldown({
    input: { index: entry },
    platform: 'browser',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'module', 'default'] },
    external: [/^node:/],
    onLog(level, log, handler) {
      if (level === 'warn' && log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message)
      handler(level, log)
    },
  })
  const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false })
  await build.close()
  const [chunk, ...others] = output
  if (others.length > 0) throw new Error(`lib/ holds more than one file: ${others.map((one) => one.fileName)}`)
  if (chunk.imports.length > 0) throw new Error(`the library imports ${chunk.imports.join(', ')}`)
  return new Map([['index.js', chunk.code], ['licenses.txt', licensesOf(chunk.moduleIds)], ...declarations()])
}

/** The entry's declaration, and of every file that one of them names. */
function declarations() {
  const made = new Map()
  const todo = [entry]
  for (const file of todo) {
    const { code, errors } = isolatedDeclarationSync(file, readFileSync(file, 'utf8'), {})
    if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`)
    const text = code.replace(/(from ")(\.[^"]+)\.ts(")/g, (_, before, path, after) => {
      const target = join(dirname(file), `${path}.ts`)
      if (!todo.includes(target)) todo.push(target)
      return `${before}./${basename(target, '.ts')}.js${after}`
    })
    const name = file === entry ? 'index' : basename(file, '.ts')
    if (made.has(`${name}.d.ts`)) throw new Error(`two declarations are called ${name}: ${relative('.', file)}`)
    made.set(`${name}.d.ts`, text)
  }
  return made
}
