import { describe, expect, it } from 'vitest'
import { newerSyntax } from '../../../src/syntax/python/newer.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'

/** Since when, and the text that is newer. */
const newer = (text: string) =>
  newerSyntax(parsePython(text), text).map(({ since, start, end }) => `${since} ${text.slice(start, end)}`)

describe('spellings of a later Python', () => {
  it.each([
    ['f"{d["a"]}"', '12 {d["a"]}'],
    ["rf'a {d['a']} b'", "12 {d['a']}"],
    ['x = (f"{a}" f"{d["a"]}")', '12 {d["a"]}'],
    ['"a" f"{d["a"]}"', '12 {d["a"]}'],
    ['f"""{d["""a"""]}"""', '12 {d["""a"""]}'],
    [`f"{'\\n'.join(d)}"`, `12 {'\\n'.join(d)}`],
    ['f"{\n  d\n}"', '12 {\n  d\n}'],
    [`f"{f'{d["a"]}'}"`, `12 {f'{d["a"]}'}`],
    [`f'{x:{d['w']}}'`, `12 {x:{d['w']}}`],
    ['type Room = str', '12 type Room = str'],
    ['def one[T](x: T) -> T: return x', '12 one'],
    ['class Box[T]: pass', '12 Box'],
    ['try:\n  pass\nexcept* ValueError:\n  pass', '11 try'],
    ['t"{x}"', '14 t"{x}"'],
  ])('finds %s', (text, found) => {
    expect(newer(text)).toEqual([found])
  })

  it.each([
    `f"{d['a']}"`,
    `f'{d["a"]}'`,
    `f"""{d["a"]} {d['b']}"""`,
    `f'''{d["a"]}\n{\n  b\n}'''`,
    `f"{x!r:>{width}} {{ \\" }}"`,
    `f"{x:'^10} {y:%H:%M}"`,
    `f"{x:\\n}"`,
    `f"a\\"{x}" '"' f'"{y}"'`,
    'f"{a}" \\\n  f"{b}"',
    `f"\\N{BULLET} {x}" # f"{d["a"]}"`,
    'type = 1\ntype(x)\nprint(type [0])',
    'def one(x): return x[0]\nclass Box(list[int]): pass',
    'try:\n  pass\nexcept (ValueError, *more):\n  pass',
  ])('finds nothing in %s', (text) => {
    expect(newer(text)).toEqual([])
  })
})
