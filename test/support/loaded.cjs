/** Loaded before the tool: writes the files it has read of itself, one a line, into the file LOADED. */
const { writeFileSync } = require('node:fs')
const { basename } = require('node:path')

process.on('exit', () => {
  const own = Object.keys(require.cache).filter((path) => path !== __filename)
  writeFileSync(process.env.LOADED, own.map((path) => `${basename(path)}\n`).join(''))
})
