# Windows line ends
"""Doc
string"""
A = 1
if A:
    B = [
        1,  # one
        2,
    ]
    s = 'a\
b'
    t = """x
  y\
z"""
    u = f"""a
{A}
b"""
    v = r"""p
q\
"""
else:
    C = 1 + \
        2
# end
