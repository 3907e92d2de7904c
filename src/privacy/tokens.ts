/** A part of a text that must not be shown: half-open, in UTF-16 offsets. */
export interface Hidden {
  readonly start: number
  readonly end: number
}

/** Forms by which a secret is known wherever it stands, whatever it is called. Bounded, so that no text makes them slow. */
const forms: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[oprsu]_[A-Za-z0-9]{20,255}/g,
  /\bgithub_pat_\w{20,255}/g,
  /\bglpat-[\w-]{16,255}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{8,255}/g,
  /\bwhsec_[A-Za-z0-9+/=]{8,255}/g,
  /\bsk-[\w-]{16,255}/g,
  /\bxox[a-z]-[\w-]{8,255}/g,
  /\bSG\.[\w-]{8,100}\.[\w-]{8,100}/g,
  /\bAIza[\w-]{30,60}/g,
  /\bya29\.[\w-]{16,255}/g,
  /\b(?:npm|hf|dop_v1|shpat|shpss|sq0csp|sq0atp)[_-][\w-]{16,255}/g,
  /\bpypi-[\w-]{16,255}/g,
  /\bHRKU-[\w-]{16,255}/g,
  /\bkey-[0-9a-f]{32}\b/g,
  /\bdjango-insecure-[^\s'"`]{8,255}/g,
  /\beyJ[\w-]{8,4000}(?:\.[\w-]{0,4000}){0,4}/g,
  /\b\d{8,10}:AA[\w-]{30,40}/g,
  /(?<=hooks\.slack\.com\/services\/)[\w/]{10,100}/g,
  /(?<=discord(?:app)?\.com\/api\/webhooks\/)[\w/-]{10,150}/g,
  /(?<=\b(?:bearer|basic)\s{1,3})[^\s"'`,;]{8,2000}/gi,
]

const keyBegin = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g

/** Secrets known by their form. */
export function tokens(text: string): Hidden[] {
  const found: Hidden[] = []
  for (const form of forms)
    for (const { index, 0: whole } of text.matchAll(form)) found.push({ start: index, end: index + whole.length })
  for (const { index, 0: begin } of text.matchAll(keyBegin)) {
    const start = index + begin.length
    const end = text.indexOf('-----END', start)
    // A key without its end goes as far as its characters do.
    const run = /[A-Za-z0-9+/=\\\s"',:.-]*/y
    run.lastIndex = start
    run.exec(text)
    found.push({ start, end: end < 0 ? run.lastIndex : end })
  }
  return found
}

/** Runs that no word is: letters and digits mixed, too long for a name. Digests of packages and commits are public. */
export function opaqueRuns(text: string): Hidden[] {
  const found: Hidden[] = []
  for (const { index, 0: run } of text.matchAll(/[A-Za-z0-9+/_-]{28,}={0,2}/g)) {
    const before = text.slice(Math.max(0, index - 8), index)
    if (/(?:sha\d{1,3}[:=-]|md5[:=-]|@|\/)$/i.test(before) || /^(?:sha\d{1,3}|md5)[:=-]/i.test(run)) continue
    if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(run) && /(?:commit|rev|ref|hash|digest|integrity)/i.test(before)) continue
    const parts = run.split(/[_/=+-]/)
    const longest = parts.reduce((most, part) => (part.length > most.length ? part : most), '')
    if (longest.length >= 20 && /\d/.test(longest) && /[A-Za-z]/.test(longest))
      found.push({ start: index, end: index + run.length })
  }
  return found
}

/** Passwords of URLs: `scheme://user:…@host`. A user alone is hidden when it is no name. */
export function urlPasswords(text: string): Hidden[] {
  const found: Hidden[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    if (!/[a-z0-9+.-]/i.test(text[at - 1] ?? '')) continue
    const start = at + 3
    let end = start
    while (end < start + 2000 && end < text.length && !/[\s"'`<>]/.test(text[end] as string)) end++
    const userinfo = text.slice(start, end)
    const last = userinfo.lastIndexOf('@')
    if (last < 0) continue
    const colon = userinfo.indexOf(':')
    const path = userinfo.search(/[/?#]/)
    if (colon < 0 || colon > last) {
      // `https://token@host`, and no `@` of a path (`git+https://host/x@v1`).
      const user = userinfo.slice(0, last)
      if ((path < 0 || path > last) && (last >= 16 || (last >= 8 && /\d/.test(user))))
        found.push({ start, end: start + last })
    } else if (path < 0 || path > colon) {
      // `http://host:8000/@handle`: what follows the colon is a port, and the `@` stands in the path.
      if (/^\d{1,5}\/[^:]*$/.test(userinfo.slice(colon + 1, last + 1))) continue
      if (last > colon + 1) found.push({ start: start + colon + 1, end: start + last })
    }
  }
  return found.filter((one) => !isPlaceholder(text.slice(one.start, one.end)))
}

const placeholder =
  /^(?:\$\{?[\w.-]*\}?|\$\(\w*\)|\{\{?[^{}]*\}?\}|<[^<>]*>|%\(\w*\)?s?|%[sr]|\[[A-Z_ -]*\]|\*+|…|\.{3,}|x{3,}|X{3,})$/

/** Text that something else replaces as a whole: `${X}`, `{{ x }}`, `<x>`, `%(x)s`, `$NAME`, and what stands for a hidden one. */
export function isPlaceholder(text: string): boolean {
  return text === '' || (text.length < 200 && placeholder.test(text))
}
