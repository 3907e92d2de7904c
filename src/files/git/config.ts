/** One setting of a git configuration file, in order of writing. Section and key are in lower case, the subsection as written. */
export interface GitSetting {
  readonly section: string
  readonly subsection: string | undefined
  readonly key: string
  /** Undefined for a key without `=`, which means true. */
  readonly value: string | undefined
}

/** Reads a git configuration file (git-config(1), "Syntax"): `.git/config`, `.gitmodules`. Stops where git would refuse it. */
export function parseGitConfig(text: string): GitSetting[] {
  const settings: GitSetting[] = []
  let section: string | undefined
  let subsection: string | undefined
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const blank = /[ \t\r\n]+|[#;][^\n]*/y
    blank.lastIndex = at
    if (blank.test(text)) {
      at = blank.lastIndex
      continue
    }
    const header = /\[([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?\]/y
    header.lastIndex = at
    const head = header.exec(text)
    if (head !== null) {
      const [name, ...rest] = (head[1] as string).toLowerCase().split('.')
      section = name
      subsection = head[2]?.replace(/\\(.)/g, '$1') ?? (rest.length > 0 ? rest.join('.') : undefined)
      at = header.lastIndex
      continue
    }
    const entry = /([A-Za-z][A-Za-z0-9-]*)[ \t]*(=?)/y
    entry.lastIndex = at
    const found = entry.exec(text)
    if (found === null || section === undefined) break
    at = entry.lastIndex
    const key = (found[1] as string).toLowerCase()
    if (found[2] === '') {
      settings.push({ section, subsection, key, value: undefined })
      continue
    }
    const { value, end } = valueAt(text, at)
    if (value === undefined) break
    settings.push({ section, subsection, key, value })
    at = end
  }
  return settings
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' }

/** The value that starts at an offset: quotes, escapes, comments and continued lines resolved; undefined when malformed. */
function valueAt(text: string, start: number): { readonly value: string | undefined; readonly end: number } {
  let value = ''
  let kept = 0
  let quoted = false
  let at = start
  for (; at < text.length; at++) {
    const char = text[at] as string
    if (char === '\n') break
    if (char === '\\') {
      const ending = /\r?\n/y
      ending.lastIndex = at + 1
      if (ending.test(text)) {
        at = ending.lastIndex - 1
        continue
      }
      const escaped = escapes[text[++at] ?? '']
      if (escaped === undefined) return { value: undefined, end: at }
      value += escaped
      kept = value.length
    } else if (char === '"') {
      quoted = !quoted
      kept = value.length
    } else if (!quoted && (char === '#' || char === ';')) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
      break
    } else if (quoted || !/\s/.test(char)) {
      value += char
      kept = value.length
    } else if (value !== '') value += char
  }
  return quoted ? { value: undefined, end: at } : { value: value.slice(0, kept), end: at }
}

/** The last value of a setting, which wins; a key without value is `true`. */
export function lastSetting(settings: readonly GitSetting[], section: string, key: string): string | undefined {
  const found = settings.findLast((one) => one.section === section && one.subsection === undefined && one.key === key)
  return found === undefined ? undefined : (found.value ?? 'true')
}

/** Whether git reads a value as true: `true`, `yes`, `on`, a number other than 0. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && (/^(true|yes|on)$/i.test(value) || (/^[+-]?\d+$/.test(value) && Number(value) !== 0))
}
