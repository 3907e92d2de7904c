/** Loaded before the tool: makes a part of Node fail, as BROKEN says. */
if (process.env.BROKEN === 'arguments') {
  require('node:util').parseArgs = () => {
    throw new Error('first line\nsecond line')
  }
}
if (process.env.BROKEN === 'later') {
  setImmediate(() => {
    throw new Error('first line\nsecond line')
  })
}
if (process.env.BROKEN === 'rejected') Promise.reject(new Error('first line\nsecond line'))
if (process.env.BROKEN === 'old') {
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.PRETENDED } })
}
if (process.env.BROKEN === 'folder') {
  process.chdir(process.env.GONE)
  require('node:fs').rmdirSync(process.env.GONE)
}
if (process.env.BROKEN === 'signal') {
  // In the middle of the work: when it opens the settings.
  const fs = require('node:fs')
  const { openSync } = fs
  fs.openSync = (path, ...rest) => {
    if (String(path).endsWith('settings.py')) process.kill(process.pid, process.env.SIGNAL)
    return openSync(path, ...rest)
  }
  require('node:module').syncBuiltinESMExports()
}
