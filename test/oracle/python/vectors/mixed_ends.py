a = 1
b = 2c = 3
if a:    d = """x
yz
"""
    e = 1

f = 2