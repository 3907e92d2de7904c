import type { CommandLine } from './args.ts'
import { type Io, UsageError } from './io.ts'

/** `dynolint lsp --stdio`: the language server. It ends with the process. */
export async function lsp(args: CommandLine, io: Io): Promise<number> {
  if (!args.stdio) {
    throw new UsageError({
      en: 'lsp speaks with an editor on standard input and output: dynolint lsp --stdio',
      fr: 'lsp parle avec un éditeur par l’entrée et la sortie standard\u00a0: dynolint lsp --stdio',
    })
  }
  const { serveStdio } = await import('../lsp/stdio.ts')
  return serveStdio({ today: io.clock ?? (() => io.today), language: args.language })
}
