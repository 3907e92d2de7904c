/** Loaded before the tool: writes the flags that it sets V8, one a line, into the file V8_FLAGS. */
const { appendFileSync } = require('node:fs')
const v8 = require('node:v8')

const set = v8.setFlagsFromString
v8.setFlagsFromString = (flags) => {
  appendFileSync(process.env.V8_FLAGS, `${flags}\n`)
  set(flags)
}
