/** Loaded before the tool: the user database names HOME_FOLDER as the home of this user. */
const os = require('node:os')

const { userInfo } = os
os.userInfo = (...args) => ({ ...userInfo(...args), homedir: process.env.HOME_FOLDER })
