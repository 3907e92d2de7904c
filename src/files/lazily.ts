/** Remembers what is computed when it is first asked for. */
export type Lazily = <T>(name: string, compute: () => T) => () => T

/** For who asks once: remembered as long as the function is. */
export const once: Lazily = (_, compute) => {
  let value: { readonly is: ReturnType<typeof compute> } | undefined
  return () => {
    value ??= { is: compute() }
    return value.is
  }
}
