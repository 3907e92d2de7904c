# Operators of every level, alone and against each other.
a or b and not c == d | e ^ f & g << h + i * -j ** ~k
not not a
- -+~a ** -b ** +c
a < b <= c != d == e >= f > g
a in b not in c is d is not e
not a in b
(a) + (b) * (c)
((a)) . b
(a + b)[c](d)
a @ b // c % d / e
a << b >> c
a if b else c if d else e
(a if b else c) if (d if e else f) else g
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: (a, b)
lambda *, a: a
lambda *a, **b: lambda: lambda c: c
lambda a=lambda: 1, *b: a
x = lambda a: a if a else lambda: None
(n := 10)
[n := 1, (m := 2)]
f(a := 1, b=(c := 2))
x[i := 0]
{y := 1}
print(a, *b, c, k=1, *d, **e, m=2, **f)
f(x for x in y)
f((x for x in y), 1)
f(a)(b)(c).d[e].f
f(a, )(b=c, )
f(
    a,  # comment
    b
    =
    c,
)
await_ = 1
x[1], x[1:2], x[1:2:3], x[:], x[::], x[:1], x[::2], x[1:], x[1, 2], x[1:2, ::3, ...], x[()], x[(1, 2)]
x[*a], x[*a, b], x[a, *b], x[1,], x[*a,]
x[lambda: 1:2]
x[a if b else c:d]
(), (1,), (1, 2), (1, 2,), [], [1], [1,], [*a, b], {1}, {1, 2,}, {*a, b}, {}, {1: 2}, {1: 2,}, {**a}, {1: 2, **a, 'b': c}
1, 2
1,
*a, b
a, *b,
(*a, b)
(yield_ for yield_ in x)
[x for x in y]
[x for x in y if z if w for v in u]
[x for x, in y]
[x for x, *z in y]
[x for x.a, z[0] in y]
[(x, y) for x in a for y in b]
[x if y else z for x in (lambda: a)()]
{x for x in y}
{x: y for x, y in z if x}
{x: lambda: y for x in z}
(x for x in y or z)
[[i for i in range(j)] for j in range(3)]
{'a': {'b': [1, {2, (3,)}]}}
None, True, False, ..., __debug__
a.b.c.d
(a
 .b(
     c)
 [d])
a = b \
    + c \
    - d
x = (  # open
    # between
    1
    # after
)
é = ñ + 变量
ﬁ = 'a ligature is its letters'
µ = 1  # micro sign becomes mu
"é" + é, "変" + x
x = 'a' 'b' "c"
x = ('a'
     "b"
     r'\c')
a<b>c
a<-b
a==-b
a**-b
a--b
a if-b else+c
0 if 1else 2
[0for x in y]
1 .real, 1..real, 1.5.real, 1j.imag
