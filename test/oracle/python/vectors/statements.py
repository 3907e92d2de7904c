"""Every statement."""
from __future__ import annotations
import a
import a.b.c, d as e, f.g as h
from a import b
from a.b import c as d, e
from a import (b, c as d,)
from a import (
    b,  # one
    c
)
from . import a
from .. import a as b
from ... import a
from .... import a
from .a import b
from ...a.b import *
from a import *
pass
pass; pass
pass; pass;
a = 1; b = 2; c
a = b = c = d
a, b = c
a, = b
(a, b), c = d
[a, b] = c
[a, *b], (*c, d) = e
*a, = b
(a) = 1
a.b = c[d] = e
(a).b = 1
a[1:2] = b
a = *b, c
a = yield_
() = []
a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a >>= 1; a <<= 1; a &= 1; a ^= 1; a |= 1; a @= 1
a.b += c, d
a[0] += 1
(a) += 1
a: int
a: int = 1
(a): int = 1
a.b: int = 1
a[0]: int
a: tuple[int, ...] = 1, 2
a: lambda: 1 = 2
del a
del a, b.c, d[0]
del (a), (b, c), [d]
del (a, b),
del ()
assert a
assert a, b
assert (a, b)
raise
raise a
raise a from b
global_ = nonlocal_ = 1
print
print(a)
a
(a)
(yield_)
*a, b
if a: b
if a: b; c;
if a:
    b
elif c:
    d
elif e: f
else:
    g
if a:
    b
else: c
if (a := b): c
while a: b
while a:
    break
else:
    continue_ = 1
for a in b: c
for a, b in c, d: e
for a, in b: c
for (a, b), *c in d: e
for a.b in c: d
for a[0] in b: c
for [a, b] in c: d
for a in *b, c: d
for a in b:
    continue
else:
    c
for a in (yield_ for yield_ in b): c
try: a
except: b
try:
    a
except A:
    b
except (A, B) as c:
    d
except A.b(c) as d: e
else:
    e
finally:
    f
try: a
finally: b
try:
    a
except* A:
    b
except* (B, C) as d:
    e
with a: b
with a as b: c
with a as b, c as d, e: f
with (a): b
with (a), b: c
with (a, b): c
with (a, b,): c
with (a as b): c
with (a as b, c): d
with (a as b, c as d,): e
with (a, b) as c: d
with (a).b as c: d
with (a) as b, (c): d
with (a if b else c): d
with (a := b): c
with (a for a in b) as c: d
with a as (b, c): d
with a as [b, *c]: d
with a as b.c, d as e[0]: f
with a(
    b
) as c: d
with (
    a(b) as c,
    # comment
    d as (e, f),
):
    g
with (a, b)[0] as c, d: e
with (yield_): a
with (): a
def f(): pass
def f(a): pass
def f(a, b=1, *c, d, e=2, **g): pass
def f(a, /): pass
def f(a, /, b): pass
def f(a=1, /, b=2, *, c): pass
def f(a, b=1, /, *, c=2): pass
def f(*, a, b=1, c): pass
def f(*a: b, **c: d) -> e: pass
def f(a: b = c, /, d: e = f, *g: *h, i: j = k, **l: m,) -> n: pass
def f(
    a,  # first

    b=1,
) -> None:
    """Doc."""
    return
def f():
    return a, *b
def f():
    global a, b
    nonlocal_ = 1
    def g():
        nonlocal c
        yield
        yield a
        yield a, *b
        x = yield
        x = yield a
        x += yield a
        x: int = yield a
        yield from a
        x = yield from a
        f((yield), (yield a))
        await_ = yield_
        return (yield)
async def f():
    await a
    await a.b(c)[d] ** await e
    -await a
    async for b in c: d
    async for b in c:
        d
    else:
        e
    async with a as b, c: d
    async with (a as b, c): d
    return [x async for x in y], {x: y async for x in z if await w}, (x async for x in y for z in x)
class A: pass
class A(): pass
class A(B): pass
class A(B, *C, d=e, **f): pass
class A(
    B,
    metaclass=C,
):
    x = 1

    def f(self): pass
@a
def f(): pass
@a.b
@a.b(c)
@a[0](b).c
@(yield_ := a)
@lambda f: f
@a or b
class A: pass
@a
async def f(): pass
@a

# comment

def f(): pass
class A:
    @a
    @b
    def f(self): pass

    @c
    class B: pass
x = 1
if x:
    pass
    # trailing comment
y = 2
match = case = type = _ = 1
match.a; case.b; type.c
match[0]; match(a); match(a).b; match * a; match - a; match, a
match: int = 1
match += 1
print(match, case, type)
type (a)
type = type(a)
type in a
type[0] = 1
match = {match: case for case in match}
