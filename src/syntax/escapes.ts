/** What a letter behind a backslash stands for, in Python and in what reads as Python does (python-dotenv, packaging). */
export const controlEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The same in a Python literal, where quotes and backslashes are escaped as well. */
export const literalEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  ...controlEscapes,
}
