/**
 * `shlex.shlex(text, posix=True)` with `whitespace` as given and `whitespace_split`: quotes, escapes and comments as
 * Python reads them. Undefined when a quotation or an escape is not closed, where Python raises ValueError.
 */
export function splitShell(source: string, whitespace: string): readonly string[] | undefined {
  const out: string[] = []
  let token = ''
  let quoted = false
  let state: ' ' | 'a' | '"' | "'" | '\\' = ' '
  let escapedIn: 'a' | '"' = 'a'
  const emit = (): void => {
    if (token !== '' || quoted) out.push(token)
    token = ''
    quoted = false
    state = ' '
  }
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string
    if (state === '"' || state === "'") {
      if (c === state) state = 'a'
      else if (c === '\\' && state === '"') {
        escapedIn = '"'
        state = '\\'
      } else token += c
    } else if (state === '\\') {
      if (escapedIn === '"' && c !== '\\' && c !== '"') token += '\\'
      token += c
      state = escapedIn
    } else if (whitespace.includes(c)) emit()
    else if (c === '#') {
      const end = source.indexOf('\n', i)
      emit()
      if (end === -1) break
      i = end
    } else if (c === '\\') {
      escapedIn = 'a'
      state = '\\'
    } else if (c === '"' || c === "'") {
      quoted = true
      state = c
    } else {
      token += c
      state = 'a'
    }
  }
  if (state === '"' || state === "'" || state === '\\') return undefined
  emit()
  return out
}
