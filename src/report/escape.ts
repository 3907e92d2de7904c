/**
 * How text of a repository is written into other languages, each once. What is handed in has been through the door of the
 * renderers (`masking.ts`): no secret is in it and no control character acts.
 */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Characters that XML 1.0 cannot hold at all, not even as a reference; `\ud800` alone is half a character. */
const impossible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text and attribute values of XML and HTML. */
export function xml(text: string): string {
  return text.replace(impossible, '\ufffd').replace(/[&<>"']/g, (char) => entities[char] as string)
}

/** An attribute of XML or HTML with a blank before it; nothing when there is no value. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${xml(String(value))}"`
}

/** A line of text in Markdown: nothing in it is markup, a mention, an address or a cell's end. */
export function markdown(text: string): string {
  return text
    .replace(/[&<>]/g, (char) => entities[char] as string)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/(?<=\w):\/\//g, '&#58;//')
    .replace(/^[#+-]/, '\\$&')
    .replace(/^(\d+)\./, '$1\\.')
}

/** Code within a line of Markdown, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  // A cell of a table ends at a bar, also within code.
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`
}

/** The data of a workflow command of GitHub. */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** A property of a workflow command of GitHub. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
