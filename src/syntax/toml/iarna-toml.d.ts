// The package's types cover its whole; only its writer is loaded, which does not pull in the reader.
declare module '@iarna/toml/stringify.js' {
  function stringify(document: Record<string, unknown>): string
  namespace stringify {
    /** One value, tables as inline tables. */
    function value(value: unknown): string
  }
  export default stringify
}
