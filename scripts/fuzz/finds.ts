/** A find as it is kept: the target, what was wrong then, and the input. Bytes are written in base 64. */
export interface Find {
  readonly target: string
  readonly was: string
  readonly input: unknown
}

export function serialised(target: string, was: string, input: unknown): string {
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
  return `${JSON.stringify({ target, was, input }, (key, value) => plain(key, value), 2)}\n`
}

export function readFind(text: string): Find {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'base64' in value
      ? Uint8Array.from(Buffer.from(String(value.base64), 'base64'))
      : value,
  ) as Find
}
