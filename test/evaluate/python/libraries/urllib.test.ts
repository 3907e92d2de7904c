import { describe } from 'vitest'
import { check, redis } from './cases.ts'

const head =
  'import os\nfrom urllib.parse import *\nurl = urlparse(os.environ.get("REDIS_URL", "redis://localhost:6379"))\n'

describe('urllib.parse on URLs of which parts are not known', () => {
  check([
    {
      name: 'takes the URL of an add-on apart',
      source: `${head}H = url.hostname\nW = url.password\nU = url.username\nS = url.scheme\nP = url.path`,
      gives: { H: "'<REDIS_URL.host>'", W: "'<REDIS_URL.password>'", U: "''", S: "'rediss'", P: "''" },
    },
    {
      name: 'knows that the port is a number from the variable',
      source: `${head}PORT = url.port\nPAIR = (url.hostname, url.port)`,
      gives: { PORT: '<REDIS_URL>', PAIR: "('<REDIS_URL.host>', <REDIS_URL>)" },
    },
    {
      name: 'puts it together again',
      source: `${head}A = url.geturl()\nB = url._replace(scheme="redis").geturl()\nC = urlunparse(url)`,
      gives: { A: `'${redis}'`, B: `'${redis.replace('rediss', 'redis')}'`, C: `'${redis}'` },
    },
    {
      name: 'leaves everything of an unknown URL open',
      source: `${head}H = url.hostname\nS = url.scheme`,
      env: { REDIS_URL: '?' },
      gives: {
        H: "'localhost' when REDIS_URL is unset | <REDIS_URL> when REDIS_URL is set",
        S: "'redis' when REDIS_URL is unset | <REDIS_URL> when REDIS_URL is set",
      },
    },
    {
      name: 'quotes nothing in what needs no quoting',
      source: `${head}Q = quote(url.password)\nR = quote_plus("a b/")`,
      gives: { Q: "'<REDIS_URL.password>'", R: "'a+b%2F'" },
    },
    {
      name: 'refuses a port that is none',
      source: 'from urllib.parse import urlparse\nP = urlparse("redis://h:x").port',
      raises: "ValueError: Port could not be cast to integer value as 'x'",
    },
    {
      name: 'gives None for what a URL lacks, and for None itself',
      source: 'from urllib.parse import urlparse\nA = urlparse("h").hostname\nB = urlparse(None).port',
      gives: { A: 'None', B: 'None' },
    },
  ])
})
