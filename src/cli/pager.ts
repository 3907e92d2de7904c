import { spawnSync } from 'node:child_process'

/** What the reader's pager is called with: PAGER, else `less`, which ends by itself when a screen is enough. */
export function pagerOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const [command, ...args] = (env.PAGER ?? 'less').split(/\s+/).filter((word) => word !== '')
  if (command === undefined || command === 'cat') return []
  return command === 'less' && args.length === 0 && env.LESS === undefined ? ['less', '-FRX'] : [command, ...args]
}

/** Shows a text by the reader's pager; false: there is none. Windows looks for programs in the working directory first. */
export function showPaged(text: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const [command, ...args] = process.platform === 'win32' ? [] : pagerOf(env)
  if (command === undefined) return false
  const { error } = spawnSync(command, args, { input: text, stdio: ['pipe', 'inherit', 'inherit'] })
  return error === undefined
}
