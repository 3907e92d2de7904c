import { type Random, randomOf } from '../../../scripts/fuzz/random.ts'

/**
 * Scripts of a page that end with `var answer = …`. `flag` and `room` are bound by nobody whom the evaluator could ask: what
 * depends on them has alternatives. Every loop runs, no table that was written to is replaced, no function is used before it is
 * assigned, none reads what is assigned anew after its call: there the evaluator takes the likelier of two answers for the only one. No function is left uncalled that assigns, for the evaluator takes it that the page calls it
 * later. `«kind»` is one of a list.
 */
const lists: Readonly<Record<string, readonly string[]>> = {
  known: ["'wss://'", "'/ws/chat/'", "''", "'Ab.c:d'", "'0'", '`x`', '8000', '0', '1e3', '0x10'],
  text: ['«known»', 'room', 'a', 'b', '`${«known»}${«host»}`', "'a' + «known»", '«host»', '«text»«method»', "['x', «known»].join('/')", 'f(«known»)', 'o.p', 'o.q.r', "o['p']", 'String(«known»)', "«test» ? 'yes' : 'no'", "flag ? «known» : «host»", '«known» || «text»', 'g()', 'new URL(«path»).href', 'l[0]', 'l[«small»]'],
  host: ['location.host', 'window.location.hostname', 'document.location.protocol', 'location.origin', 'location.port', 'location.href', 'document.URL', 'window.location', 'self.location.host', 'globalThis.location.protocol', 'location.pathname'],
  path: ["'/a', location.origin", "'wss://h/x'", '`https://${location.host}/y`', "'/z', 'https://h.example/p/q'", "'/z', location"],
  small: ['0', '1', '2', '5'],
  method: ['.trim()', '.toLowerCase()', '.toUpperCase()', '.toString()', '.concat(«known»)', ".replace('a', 'b')", ".replace('/', '-')", '.replace(/[a-z]/g, "_")', '.replace(/^https?/, "wss")', ".replaceAll('w', 'W')", ".replace('http', 'ws')", '.slice(«small»)', '.slice(1, 3)', '.substring(«small»)', '.substring(3, 1)', '.substr(1, 2)', '.slice(-2)', ".split('/')[0]", ".split(':')[1]", ".split('/').join('-')", '.valueOf()', '.charAt(0)', '.padEnd(3)'],
  ask: [".startsWith('ws')", ".endsWith('/')", ".includes('/')", ".indexOf('s') > -1", ".indexOf('w') === 0", '.match(/^ws/)', '.search(/x/) >= 0', ".indexOf('localhost') < 0", ".startsWith('127.0.0.1')", ".includes('example')"],
  test: ['flag', '!flag', '«known»', "location.protocol === 'https:'", "location.hostname === 'localhost'", "location.hostname == '127.0.0.1'", '«known» === «known»', '«known» != «known»', '«text»«ask»', "/^ws/.test(«text»)", "room === 'lobby'", "room !== 'lobby' && flag", 'flag || room', "['a', 'x'].includes(«known»)", "process.env.NODE_ENV === 'production'", "process.env.NODE_ENV !== 'production'", 'null', 'undefined', 'window', '«known» && flag', '!«known»', 'Boolean(room)', 'true', "typeof window !== 'undefined'", "typeof location === 'object'", 'o.none', 'window.isSecureContext', 'l.length', "'p' in o"],
  value: ['«text»', '«text»', '«text»', '«test»', '«text» + «text»', '«known» + «known»', '`${«text»}:${«test»}`', 'null', 'undefined', 'void 0', '«text» ?? «text»', '«text» && «text»', '«test» ? «text» : «text»', '[«text», «text»]', "{ s: «known», t: «known» }[room === 'lobby' ? 's' : 't']", "{ lobby: «known», x: «known», '': «text» }[room]", '(«known», «text»)', '«small» < «small»', "'10' > '9'", '-«small»', '«small» * 2', 'typeof a', 'a = «text»', '(() => «text»)()', '((x, y = «known») => x + y)(«text»)', '(function () { return «text» })()', 'encodeURIComponent(«text»)', 'encodeURI(«text»)', 'decodeURIComponent("%41")', "[1, 2].join()", "`a\\n${'b'}`", "o?.p", "o?.none?.x", "o.none ?? «known»", 'l', 'String(null)', 'a++', '...l'].filter((one) => !one.startsWith('...')),
} // biome-ignore format: tables

const statements: readonly string[] = [
  'a = «text»', 'b = «text»', 'a += «text»', 'b += «known»', 'b ||= «known»', 'b ??= «known»', 'let c = «text»; a = c', 'var a = «known»',
  'if («test») a = «text»', 'if («test») { a = «text» } else { b = «text» }', 'if («test») a = «known»\nelse if («test») a = «known»\nelse a = «known»', 'if (flag) { a = «known» } if (!flag) { b = «known» }', 'if (flag) { a = «known» } else { a = «known» }',
  "switch (room) { case 'lobby': a = «known»; break; case 'x': case 'y': b = «known»; break; default: a = «known» }", "switch (location.protocol) { case 'https:': a = 'wss:'; break; default: a = 'ws:' }",
  'for (const x of [1, 2]) { a = «text» }', 'for (let i = 0; i < 2; i++) b += «known»', 'try { a = «text» } catch (e) { b = «known» }', 'try { throw new Error() } catch { a = «known» } finally { b = «known» }', '{ let a = «known»; b = a }', '{ const a = 1 }',
  'f = (x) => { if («test») return x + «known»; return «text» }', 'f = function (x = «known») { return x }', 'f = (x) => `${x}/${a}`', 'f = function (x) { const y = x; return y }', 'function k(x, y) { return y || x }\na = k(«text»)', 'const h = () => { a = «known» }\nh()', 'const g2 = function () { return «known» + «known» }\nb = g2()', 'const g3 = () => f(«known»)\na = g3()', 'const g4 = () => { if (flag) { return «known» } else { return «known» } }\na = g4()', 'function m2() { return o.p }\na = m2()', "const g5 = () => { switch (room) { case 'lobby': return 'L' } return 'other' }\na = g5()", 'const g6 = () => { try { return «known» } catch { return «known» } }\nb = g6()',
  'const o2 = { p: «text», q: { r: «known» } }\na = o2.p + o2.q.r', 'o.p = «known»', 'const { p } = { p: «known» }\na = p', 'const { p: [q] } = { p: [«known»] }\na = q', 'const [x, y = «known»] = [«known»]\na = y', 'const s = { ...{ p: «known» }, z: 1 }\na = s.z', 'class C { url = «known»; constructor(v) { this.v = v; this.w = «known» } get() { return this.w } }\na = new C(«known»).w', 'class D { static s = «known» }\na = D.s', 'const self2 = { url: «known», get() { return this.url } }\na = self2.url', 'l = [«text», «known»]', 'l = [...[«known»], «known»]', '[a, b] = [b, a]', 'const { host } = location\na = host', 'const u = new URL(«path»)\na = u.href', "const v = new URL('/ws/', location.href)\nv.protocol = 'wss:'\na = v.toString()", 'const w = window.location\na = w.host', 'var k = flag && «known»\nif (k) a = k', 'var n = null\nif (flag) n = «known»\na = `${n}`', 'label: for (;;) { b = «known»; break label }', 'const fns = { run(x) { return x + «known» } }\na = fns.run(«known»)', 'const t = () => ({ u: «known» })\na = t().u', 'window.base = «known»\na = window.base', 'a = ((x) => (y) => x + y)(«known»)(«known»)', 'const big = a.length > 100 ? «known» : «known»\nb = big', 'const m = new Map([["k", «known»]])\na = m.get("k")', 'const arr = [«known»].map((x) => x + "!")\na = arr[0]', 'a = [«known», «known»].filter(Boolean).join("")', 'do { a = «text» } while (false)', 'if (flag) throw_ = 1', 'var throw_', 'b = a', 'a = b + a',
] // biome-ignore format: a list

function filled(template: string, random: Random, depth: number): string {
  return template.replaceAll(/«(\w+)»/g, (_, kind: string) => {
    const all = lists[kind] ?? []
    const simple = depth > 2 ? all.filter((one) => !one.includes('«')) : all
    return filled(random.one(simple), random, depth + 1)
  })
}

/** `count` scripts, the same for the same seed: an expression alone every other time, statements before it else. */
export function programsOf(seed: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed, index)
    const start = [
      `var a = ${filled('«known»', random, 0)}, b = ${random.one(["'b'", 'null', "''", 'a'])}`,
      `var o = { p: ${filled('«known»', random, 0)}, q: { r: 'R' } }, l = ['l0', a]`,
      "function f(x) { return x }\nvar g = () => 'g'",
    ]
    const body = Array.from({ length: index % 2 === 0 ? 0 : 1 + random.below(4) }, () =>
      filled(random.one(statements), random, 0),
    )
    return [...start, ...body, `var answer = ${filled(`(${random.one(lists.value ?? [])})`, random, 0)}`].join('\n')
  })
}
