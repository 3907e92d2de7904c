/** A text that a terminal opens the address of (OSC 8). */
export function link(text: string, address: string): string {
  return `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`
}

/**
 * Whether a terminal is known to open such texts: some of those that do not show the address instead. Each says so by a
 * variable of its own (the list of egmontkob's "Hyperlinks in terminal emulators").
 */
export function opensLinks(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.FORCE_HYPERLINK !== undefined) return env.FORCE_HYPERLINK !== '0'
  if (env.CI !== undefined || env.TERM === 'dumb') return false
  if (Number(env.VTE_VERSION ?? 0) >= 5000) return true
  if (env.WT_SESSION !== undefined || env.KITTY_WINDOW_ID !== undefined) return true
  return ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper'].includes(env.TERM_PROGRAM ?? '')
}
