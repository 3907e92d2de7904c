// The package's types cover its whole; only its writer is loaded, which does not pull in the reader.
declare module '@iarna/toml/stringify.js' {
  export default function stringify(document: Record<string, unknown>): string
}
