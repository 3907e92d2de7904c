import { main } from '../../src/cli/main.ts'
import { today } from './app.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process. */
export async function dynolint(
  argv: readonly string[],
  options: { cwd: string; today?: string; env?: Record<string, string>; terminal?: boolean; answers?: string[] },
): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await main(argv, {
    cwd: options.cwd,
    today: options.today ?? today,
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', DYNOLINT_DEBUG: '1', ...options.env },
    terminal: options.terminal ?? false,
    ...(options.answers === undefined
      ? {}
      : {
          ask: async (question: string) => {
            out += question
            return options.answers?.shift()
          },
        }),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}
