/** `scripts/playground.mjs` makes it of fixtures/guide. */
declare module 'guide-project' {
  const files: Readonly<Record<string, string>>
  export default files
}
