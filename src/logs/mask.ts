/**
 * Takes secrets out of log text before anything is kept or printed. Masks too much rather than too little: a masked
 * value costs a look at the log, a leaked one costs a rotation.
 */

export const masked = '***'

/** Names of query parameters whose value is a secret, whatever it looks like. */
const secretParameter =
  /token|jwt|key|code|ticket|sig|pass|pwd|secret|auth|sess|sid|credential|nonce|otp|pin|hash|hmac|state|assertion|bearer|uid|email|csrf|api/i
/** Names that mean a secret anywhere in a line, before `=` or `:`. */
const secretName =
  '[\\w.-]*(?:token|jwt|passw(?:or)?d|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|signature|credentials?|sessionid|session[_-]?key|csrf\\w*|ticket)[\\w-]*'

/** Userinfo of a URL, up to the last @ before the URL surely ends. */
const urlCredentials = /([a-z][a-z\d+.-]*:\/\/)[^\s"'<>`]*@/gi
/** Values of these headers run to the end of their quotes or of the line. */
const headerPair =
  /((?:^|[^\w-])b?["']?(?:proxy-authorization|authorization|set-cookie|cookie|x-api-key|x-auth-token|x-csrftoken|sec-websocket-protocol)["']?\s*[:=,]\s*)(?:b?"[^"]*"?|b?'[^']*'?|.*)/gi
const scheme = /\b(bearer|basic|digest|token|jwt|apikey|negotiate)(\s+)[A-Za-z\d._~+/=:-]{6,}/gi
const namedValue = new RegExp(
  `(\\b${secretName}["']?\\s*(?:=>|=|:)\\s*)(?!\\*{3})(?:b?"[^"]*"?|b?'[^']*'?|[^\\s,;&)}\\]]+)`,
  'gi',
)
const jwt = /\beyJ[\w-]{4,}(?:\.[\w-]*){0,4}/g
/** Postgres shows the row: `Key (email)=(someone@example.org) already exists`. */
const keyDetail = /(Key \([^)]*\)=)\([^)]*\)/g
const forwarded = /\bfwd=(?:"[^"]*"?|\S+)/g
const parameter = /([?&;])([^=&;\s"'<>]{1,200})=([^&;\s"'<>]*)/g
/** A run that could be a key: base64, hexadecimal, percent-encoded. */
const run = /[\w+%~-]{16,}={0,2}/g

/** Also one of digits alone, whose parts look like numbers. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** `text` without secrets. */
export function mask(text: string): string {
  return text
    .replace(urlCredentials, `$1${masked}@`)
    .replace(headerPair, `$1${masked}`)
    .replace(scheme, `$1$2${masked}`)
    .replace(jwt, masked)
    .replace(parameter, maskParameter)
    .replace(namedValue, `$1${masked}`)
    .replace(keyDetail, `$1(${masked})`)
    .replace(forwarded, `fwd=${masked}`)
    .replace(run, (value, offset: number, whole: string) => (isOpaque(value, offset, whole) ? masked : value))
}

function maskParameter(_: string, lead: string, name: string, value: string): string {
  const keep = value.length < 16 && /^[\w.,:+-]*$/.test(value) && !secretParameter.test(decoded(name))
  return `${lead}${name.length > 40 ? masked : name}=${keep ? value : masked}`
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    // Not an encoding: judged as it stands.
    return name
  }
}

/**
 * Letters and digits in one long run are no word. Names that programs make of words and numbers stay readable: those of
 * Python (no digit), hosts of the platform, and dashes or underscores between short parts.
 */
function isOpaque(value: string, offset: number, whole: string): boolean {
  if (value.length >= 48 || uuid.test(value)) return true
  if (
    /\.(?:herokuapp\.com|compute(?:-1)?\.amazonaws\.com)/.test(
      whole.slice(offset + value.length, offset + value.length + 40),
    )
  ) {
    return false
  }
  const digits = value.replace(/\D/g, '').length
  const parts = value.split(/[_=%+~-]/)
  const longest = Math.max(...parts.map((part) => part.length))
  if (digits === 0) return longest >= 32 || (longest >= 20 && mixedCase(value))
  if (longest >= 16) return true
  return value.length >= 20 && digits >= 3 && parts.some((part) => /\d[A-Za-z]|[A-Za-z]\d/.test(part))
}

/** `aBcDEfg`: more changes between cases than CamelCase words have. */
function mixedCase(value: string): boolean {
  const changes = value.match(/[a-z][A-Z]|[A-Z][A-Z][a-z]/g)?.length ?? 0
  return changes > value.length / 5
}

/** Masks a sample and cuts it to `length`. What is cut off takes no half secret with it. */
export function sampleOf(text: string, length = 300): string {
  const head = text.length > 4096 ? text.slice(0, 4096).replace(/\S*$/, '') : text
  const clean = mask(printable(head)).trim()
  return clean.length > length || head.length < text.length ? `${clean.slice(0, length - 1).trimEnd()}…` : clean
}

/** Control characters of a log must not reach a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
}
