/** Each with a form in which calls hide; the name says the language. */
export const snippets: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'decorators.ts',
    text: "@Component({ selector: f('a') })\nexport class A { @Input() b = g(); constructor(@Inject(h()) private c: D) {} }",
  },
  {
    name: 'decorators-export.js',
    text: '@a(1)\n@b.c(d())\nexport class F extends mixin(E) { @on("x") l() { return k() } }',
  },
  { name: 'decorator-expression.js', text: 'const A = wrap(@dec(f()) class { static x = g() })' },
  {
    name: 'decorator-abstract.ts',
    text: '@a()\nexport abstract class A { abstract f(): void; @b<string>() g!: number }',
  },
  {
    name: 'computed.js',
    text: 'const a = { [f(x)]: g(), [(h(), i())]: 1, async [j()]() { k() }, get [l()]() { return m() } }',
  },
  {
    name: 'computed-members.js',
    text: "class A { [f()] = g(); static [(h(1))]() { return i() } ['j'] = k() }\nnew (a.b())(c)[d()](e())",
  },
  {
    name: 'computed-pattern.js',
    text: 'const { [key()]: a = b(), ...c } = d()\nfunction f({ [g()]: h }, [i = j()]) {}',
  },
  {
    name: 'type-arguments.ts',
    text: 'f<T>()\na.b<C<D>>(e())\nnew Map<string, Array<() => void>>(g())\nh<{ a: string; b?: number }>(i<typeof j>())\nk<A | B[]>`x${l()}`\nm<(a: B) => C>(n)',
  },
  { name: 'type-arguments-optional.ts', text: 'a?.<T>(b())\na?.b<T>(c())\nf<T>?.(d())\nconst g = h<T>\ni()' },
  {
    name: 'type-arguments.tsx',
    text: 'const [a, b] = useState<Record<string, () => void>>({})\nconst c = <T,>(d: T) => <E f={g<T>(d)}>{h()}</E>',
  },
  { name: 'comparisons.ts', text: 'if (a < b && c > (d())) e(a < b, c > f())\nconst x = a < g() || h() > b' },
  { name: 'casts.ts', text: 'f(<A>b(), c() as unknown as D, e()!, g() satisfies H)\n;(<any>window).i(j())' },
  {
    name: 'arrows.ts',
    text: 'const f = async <T>(a: T = b(), ...c: D[]): Promise<E> => g(await h(a))\nx.map((y): y is Z => i(y))',
  },
  {
    name: 'objects.js',
    text: 'a({ b() { c() }, async *d() { yield* e() }, get f() { return g() }, "h"() { i() }, 1: j(), ...k() })',
  },
  {
    name: 'classes.js',
    text: 'class A extends b(C) { #d = e(); static { f() } static async *g() { h() } set i(v) { super.i(v) } constructor() { super(j()) } }',
  },
  { name: 'templates.js', text: 'f(`a${g(`b${h()}`)}c`)\ni`x${j()}`.k()\n`${l()}`.m(n())' },
  { name: 'regex.js', text: 'a = b / c() / d(); e(/[/]\\/f()/g.test(h()))\nif (x) /y()/.test(i())' },
  {
    name: 'new.js',
    text: 'new A\nnew A().b()\nnew a.b.C(d())\nnew (e())()\nnew new F(g())()\nfunction G() { return new.target(h()) }',
  },
  { name: 'optional.js', text: 'a?.b?.(c())?.[d()]?.e(f())\n(g?.h)(i())' },
  {
    name: 'statements.js',
    text: 'for (const a of b()) c()\nfor await (const d of e()) f()\nfor (let i = g(); h(i); j()) {}\ndo k(); while (l())\nlabel: while (m()) { if (n()) break label; else o() }\nswitch (p()) { case q(): r(); default: s() }\ntry { t() } catch ({ u = v() }) { w() } finally { x() }',
  },
  { name: 'elements.jsx', text: 'const a = <B c={d()} {...e()}>text {f(<G h={i()} />)} <></></B>\nj(a)' },
  {
    name: 'types.ts',
    text: 'interface A { b(): c }\ntype D = ReturnType<typeof e>\ndeclare function f(): void\nenum G { H = i() }\nnamespace J { k() }\nabstract class L { m(): void {} n = o() }\nfunction p(q: () => r): asserts q is s {}\nt()',
  },
  {
    name: 'modules.js',
    text: "import a, { b as c } from 'd'\nimport * as e from 'f'\nexport * from 'g'\nexport { h } from 'i'\nexport const j = k()\nexport default l(await import('m'))",
  },
]
