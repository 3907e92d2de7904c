# f-strings: also those of PEP 701.
f'', f"", f'''''', F'a', fr'\d', rf'\d{x}', Rf"{x}\{y}"
f'{x}', f'a{x}', f'{x}b', f'a{x}b{y}c', f'{x}{y}'
f'{{', f'}}', f'{{}}', f'{{{x}}}', f'a{{b}}c', f'{{x}} {x}', f'{x}}}', f'{{{{{x}'
f'{x!r}', f'{x!s:>10}', f'{x!a}', f'{ x !r}', f'{x:}', f'{x!r:}'
f'{x:>10}', f'{x:{w}}', f'{x:{w}.{p}}', f'{x:a{w!r}b{p:{q}}c}', f'{x:%H:%M}', f'{x:{{}}}', f'{x::}', f'{x:=5}', f'{x:!r}'
f'{x=}', f'{x = }', f'{ x= }', f'{x=!s}', f'{x=:>5}', f'{x=!r:^{w}}', f'a{x=}b', f'{x+1 = }', f'{x == y=}'
f'{x!=y}', f'{x if y else z}', f'{(lambda: x)()}', f'{(y := x)}', f'{x:=y}', f'{[a for a in b]}', f'{ {1: 2}[1] }', f'{*a, b}', f'{a,}', f'{yield_}'
f"{d["k"]}", f'{d['k']}', f"{f"{1 + 1}"}", f"{f'{f"{x}"}'}", f'{'\n'.join(a)}', f"{"{}"}", f"{x:{"a"}}"
f'{
    x
}', f'{x  # comment
}', f'{x:{
    w}}'
f'''{
    x  # one
    + y  # two
    =
}'''
f'''a
{x}
b''', f"""{x:
}""", f"""{x!r:a
b}"""
'a' f'{x}' 'b', f'a' 'b', 'a' f'b' f'{x}' "c" 'd' f'{y}e' f'f', f'' 'a', f'{x}' f'', '' f'{x}'
('a'
 f'{x}'
 '{y}')
f'\n{x}\t\x41\N{BULLET}{y}\
z', f'\{x}', f'\\{x}', rf'\{x}', f'\{{', f'\'{x}\''
f'é{ñ}変{x}😀{y}', f'😀{x!r:😀}'
f'{a["b"]}{a['c']}', f'{a[b]:>{c[d]}}'
f'{x}' if f'{y}' else f'{z}'
print(f'{a}', sep=f'{b}')
f'{await_}', f'{a.b(c)[d]}'
def f(): return f'{(yield)}' f'{(yield x)}'
f'{x, y}', f'{x, y=}', f'{not x}', f'{-x}', f'{~x!r}', f'{x or y}', f'{x<y}', f'{x>y:>z}'
