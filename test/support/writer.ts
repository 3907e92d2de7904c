import { join } from 'node:path'
import { replaceFile, uninterrupted } from '../../src/files/write.ts'
import { contentOf, names } from './kills.ts'

/** Writes two contents by turns into the files of a folder, for ever: the process that `kills` ends. */
const root = process.argv[2] as string
process.stdout.write('ready\n')
async function turns(): Promise<never> {
  for (let turn = 0; ; turn++) {
    for (const name of names) {
      const [before, after] = [contentOf(name, turn), contentOf(name, turn + 1)]
      const refused = uninterrupted(() => replaceFile(root, join(root, name), before, after))
      if (refused !== undefined) throw new Error(refused.en)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}
await turns()
