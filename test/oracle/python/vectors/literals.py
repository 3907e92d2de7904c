# Numbers.
0, 00, 0_0, 1, 10, 1_000_000, 123456789012345678901234567890
0x0, 0xFF, 0Xff_FF, 0x_f, 0o17, 0O1_7, 0b101, 0B1_0
0.0, 1., .5, 1.5, 1e5, 1E5, 1e+5, 1e-5, 1.5e10, .5e-3, 1_0.0_1, 1_0e1_0, 0e0, 00.5, 09.5, 1e400, 5e-324
1j, 1J, 0j, 1.5j, .5j, 1e5j, 1_0j, 09j
# Strings: prefixes, quotes and escapes.
'', "", '''''', """""", 'a', "b", '''c''', """d"""
'it"s', "it's", '''it's "so"''', """it's "so"" """
r'\d', R"\d", u'u', U"U", r'\'', r"a\
b", r'''
\n'''
b'', B'', b'\x00\xff', rb'\x00', bR'\d', Rb"\d", BR'''\n''', b"\'\"\a\b\f\n\r\t\v\\\0\7\77\377\
x", b'\u1234\N{DASH}'
'\'\"\a\b\f\n\r\t\v\\\0\7\77\377\x41\u00e9\U0001F600\
x'
'\d\w\.\ '
'\400\777'
'\ud800', '\ud83d\ude00', '\U0010FFFF'
'😀', "a😀b" 'c', '変数'
'\N{BULLET} and \N{LATIN SMALL LETTER E WITH ACUTE}'
'\0' '1', '\08', '\1a'
'''a
b''' """c
	d"""
'''\
a\
'''
"a" \
  "b" \
  'c'
x = "a" "b" % c
b'a' b'b' rb'\c'
'#' # comment '
"""# no comment
# neither
"""
'a\'b' "a\"b"
''''a' '''
"""a\""""
""" "a" ""b"" """
