if a:
	b
	if c:
		d
		e
	f
g
if a:
    b
    c
d = 1

def f():
    
    pass
x = 1 + \
  2
\
y = 3
if a:
    \
  b = 1
    c = 2
class A:
  x = 1

  def f(self):
          return 1
  # less
# none
      # more
  def g(self):
   return 2
if a:
    b



   
	
  
    c
x = [
1,
 2,
# c

	3
]
def f(): pass  
x=1;  
if a: pass
else : pass
x = """
  a
"""; y = 1
#!last comment
    # indented comment
x = 1 # no newline