import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parseSync } from 'rolldown/utils'
import { describe, expect, it, test } from 'vitest'
import type { Span } from '../../../src/contracts/place.ts'
import type { Expression } from '../../../src/syntax/javascript/ast.ts'
import { parseScript, type ScriptOptions } from '../../../src/syntax/javascript/parse.ts'
import { eachExpression } from '../../../src/syntax/javascript/walk.ts'

/** Everything in a tree that has a place: statements, expressions, properties, parameters, quasis, comments. */
function nodesOf(node: unknown): Span[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf)
  if (typeof node !== 'object' || node === null) return []
  const below = Object.values(node).flatMap(nodesOf)
  return 'start' in node && 'end' in node ? [node as Span, ...below] : below
}

/** Texts of the expressions of one kind, in text order. */
function texts(source: string, kind: Expression['kind'], options: ScriptOptions = {}): string[] {
  const found: string[] = []
  eachExpression(parseScript(source, options).body, (node) => {
    if (node.kind === kind) found.push(source.slice(node.start, node.end))
  })
  return found
}

describe('scripts', () => {
  it('finds calls wherever they stand', () => {
    const source = `
      const a = () => f(1), b = async x => { await g(x) }
      class C extends h(D) { static #p = i(); m() { j?.(k\`\${l()}\`) } static { n() } get o() { return p() } }
      if (q()) r(); else for (const s of t()) u(...v())
      switch (w()) { case x(): y() }
      try { z() } catch { aa() } finally { bb() }
      label: do { cc() } while (dd())
      export default ee({ async *ff() { gg() }, [hh()]: ii(), jj: kk() })
    `
    const names = texts(source, 'Call').map((text) => /^\w+/.exec(text)?.[0])
    for (const name of 'f g h i j l n p q r t u v w x y z aa bb cc dd ee gg ii kk'.split(' '))
      expect(names).toContain(name)
  })

  it('tells regular expressions from divisions and templates from their holes', () => {
    const template = `x = \`a$\{b ? \`c$\{d}\` : e}f\``
    expect(texts('a = b / c / d; e = /f(g)/.test(h)', 'Call')).toEqual(['/f(g)/.test(h)'])
    expect(texts(template, 'Template')).toEqual([template.slice(4), template.slice(12, 19)])
  })

  it('decodes escapes', () => {
    const script = parseScript(String.raw`x = 'a\x41\u{1F600}\n\'b'`)
    let value: string | undefined
    eachExpression(script.body, (node) => {
      if (node.kind === 'String') value = node.value
    })
    expect(value).toBe("aA\u{1F600}\n'b")
  })

  it('skips the types of TypeScript', () => {
    const source = `
      interface A { b(): C }
      type D<T> = T extends (infer U)[] ? U : never
      enum E { F = g() }
      declare function h(): void
      export abstract class I<T> extends J<T> implements K, L { private readonly m: N<O> = p<Q>(r as S); constructor(private t: U = v()) { super() } }
      function w<X>(this: Y, z?: Map<string, () => void>): asserts z is Z { return aa!.bb<CC>(dd satisfies EE) }
      const ff = <GG,>(hh: II): JJ => kk(hh)
      @LL({ mm: nn() }) class OO { @PP() qq = rr() }
    `
    const names = texts(source, 'Call', { types: true }).map((text) => /^[\w!.]+/.exec(text)?.[0])
    expect(names).toEqual(expect.arrayContaining(['p', 'v', 'super', 'aa!.bb', 'kk', 'rr']))
    expect(names).not.toContain('b')
  })

  it('keeps the expressions inside elements', () => {
    const source = 'const a = <B c={d()} e="f" {...g()}>text {h(() => <I j={k()} />)} <></></B>; l()'
    const names = texts(source, 'Call', { jsx: true }).map((text) => /^\w+/.exec(text)?.[0])
    expect(names).toEqual(['d', 'g', 'h', 'k', 'l'])
  })

  it('counts from the start of the file', () => {
    let start = -1
    eachExpression(parseScript('f()', { offset: 40 }).body, (node) => {
      if (node.kind === 'Call') start = node.start
    })
    expect(start).toBe(40)
  })
})

describe('what is not JavaScript', () => {
  it('reads on after damage', () => {
    expect(texts('const = ; } ) function ( { new A()\n new B("x")', 'New')).toContain('new B("x")')
    expect(texts('if (a { f() ] g()\nh()', 'Call')).toContain('h()')
  })

  test('nothing makes it throw, and spans stay inside the text', () => {
    const pieces = [
      'export ',
      'default ',
      '@a',
      'catch ',
      'enum ',
      'new.',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '`',
      '${',
      '"',
      "'",
      '/',
      '<',
      '>',
      '=>',
      ':',
      ';',
      ',',
      '.',
      '?',
      '\n',
      ' ',
      'a',
      'new',
      'function',
      'class',
      'if',
      'else',
      'for',
      'case',
      'switch',
      'import',
      'export',
      'async',
      'await',
      '...',
      '=',
      '+',
      '@',
      'as',
      'type',
      'interface',
      '1',
      '\\',
      '#',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        (parts, types, jsx) => {
          const source = parts.join(parts.length % 2 === 0 ? ' ' : '')
          for (const { start, end } of nodesOf(parseScript(source, { types, jsx }))) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(start).toBeLessThanOrEqual(end)
            expect(end).toBeLessThanOrEqual(source.length)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('has a place for what is not there: `export )f`', () => {
    for (const source of ['export )f', 'new.', 'a => )', 'import { a as', 'catch }', '@', 'export default )', 'case )'])
      for (const { start, end } of nodesOf(parseScript(source, { types: true })))
        expect([source, start <= end && end <= source.length]).toEqual([source, true])
  })

  it('bears deep nesting', () => {
    expect(() => parseScript('['.repeat(20_000))).not.toThrow()
    expect(() => parseScript('a => '.repeat(20_000))).not.toThrow()
    expect(() => parseScript('if (a) '.repeat(20_000))).not.toThrow()
    expect(() => parseScript('!'.repeat(20_000))).not.toThrow()
  })
})

describe('beside another parser', () => {
  interface Node {
    readonly type?: string
    readonly start: number
    readonly end: number
    readonly [key: string]: unknown
  }

  function calls(node: unknown, found: Set<string>): Set<string> {
    if (Array.isArray(node)) for (const one of node) calls(one, found)
    else if (typeof node === 'object' && node !== null) {
      const { type, start, end } = node as Node
      if (type === 'CallExpression' || type === 'NewExpression') found.add(`${type.charAt(0)}${start}-${end}`)
      for (const value of Object.values(node)) if (typeof value === 'object') calls(value, found)
    }
    return found
  }

  const root = join(import.meta.dirname, '../../..')
  const files = readdirSync(join(root, 'src/app'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('generated'),
  )

  it('finds the same calls in the sources of this project', () => {
    for (const name of files) {
      const source = readFileSync(join(root, 'src/app', name), 'utf8')
      const theirs = calls(parseSync(name, source, { lang: 'ts', preserveParens: false }).program, new Set())
      const ours = new Set<string>()
      eachExpression(parseScript(source, { types: true }).body, (node) => {
        const dynamicImport = node.kind === 'Call' && node.callee.kind === 'Identifier' && node.callee.name === 'import'
        if ((node.kind === 'Call' || node.kind === 'New') && !dynamicImport)
          ours.add(`${node.kind.charAt(0)}${node.start}-${node.end}`)
      })
      expect([name, [...ours].sort()]).toEqual([name, [...theirs].sort()])
    }
  })
})
