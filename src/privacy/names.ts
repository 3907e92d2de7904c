/** What a name says of its value: the words by which programmers call what nobody else may know. */
const words =
  /pass(?:word|wort|wd|phrase|code)|pwd|secret|token|api[_-]?key|access[_-]?key|(?:private|signing|encryption|fernet|master|license|account|storage|shared|hash|cipher|crypt|session|auth|stripe|maps|client)[_-]?key|credential|bearer|webhook|dsn|hmac|salt|jwt|_key(?![a-z])|_pass(?![a-z])|_pin(?![a-z])|mot_?de_?passe/gi

/** The word is in the name, and yet the value is none: what a password must be like, where a token is found. */
const about =
  /(?:validat|hasher|class|_url|_uri|model|form|view|reset|timeout|_age|_name|header|field|prefix|lifetime|algorithm|_type|length|_file|_path|redirect|backend|permission|serializer|middleware|expir|_days|_hours|_minutes|_seconds|rotat|enabled|required|issuer|audience|csrf|public|primary_key|foreign_?key|unique|cache_key|sort|group|_help|_label|tokeni[sz]|auto_|min_|max_)/i

export interface NameAt {
  readonly start: number
  readonly end: number
}

/** Names in a text that say their value is secret, in order. */
export function secretNames(text: string): NameAt[] {
  const found: NameAt[] = []
  let end = 0
  for (const match of text.matchAll(words)) {
    if (match.index < end) continue
    let start = match.index
    while (start > match.index - 60 && isNameChar(text.charCodeAt(start - 1))) start--
    end = match.index + match[0].length
    while (end < match.index + 80 && isNameChar(text.charCodeAt(end))) end++
    if (!about.test(text.slice(start, end))) found.push({ start, end })
  }
  return found
}

/** Whether a name by itself says so: a setting's, a key's, a variable's. */
export function isSecretName(name: string): boolean {
  return secretNames(name).some(({ start, end }) => start === 0 && end === name.length)
}

function isNameChar(code: number): boolean {
  // Letters, digits, `_`, `-`.
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 45
  )
}
