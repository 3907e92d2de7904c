match a:
    case 0: pass
    case -1: pass
    case 1.5 | -2j: pass
    case 1 + 2j: pass
    case -1.5 - 2.5j: pass
    case 'a' "b": pass
    case b'a': pass
    case None | True | False: pass
    case a.b.c: pass
    case x: pass
match a:
    case _: pass
match a, b:
    case x, y: pass
    case x,: pass
    case *x,: pass
    case x, *_: pass
    case *_, x if y: pass
    case (x, y) | [x, y]: pass
    case (x): pass
    case (x,): pass
    case (): pass
    case []: pass
    case [x]: pass
    case [x, *y, z,]: pass
    case ([x, (y, z)]): pass
    case (x as y): pass
    case x as y: pass
    case (1 | 2) as y: pass
    case [1 | 2 as x, _ as y]: pass
match (a):
    case {}: pass
    case {'a': 1}: pass
    case {'a': 1, -1: x, a.b: [y], None: _, True: z}: pass
    case {'a': 1, **rest}: pass
    case {**rest}: pass
    case {'a' 'b': x,}: pass
match (a, b):
    case A(): pass
    case A(x): pass
    case A(x, y,): pass
    case A(x=1): pass
    case A(x, y=z, w=B(),): pass
    case a.b.C(x=0) | D(): pass
    case A(x=(1 | 2) as y): pass
match *a, b:
    case x if x > 0: pass
    case x if (y := x): pass
    case _ if lambda: x: pass
match a,:
    case [x]:
        match x:
            case 1:
                pass
            case _:
                y = 2
    case y: z
match -a:
    case 1: pass
match [a, b]:
    case 1: pass
match {a: b}:
    case 1: pass
match (yield_):
    case 1: pass
match not a:
    case 1: pass
match a if b else c:
    case 1: pass
match lambda: a:
    case 1: pass
match match:
    case case: pass
match case:
    case match: pass
match a := b:
    case 1: pass
match 'a':
    # comment
    case 'a':
        # comment
        pass

    # comment
    case _:
        pass
match [a][0]:
    case 1: pass
match (a)[0]:
    case 1: pass
match (
    a
):
    case (
        1
        | 2
    ): pass
