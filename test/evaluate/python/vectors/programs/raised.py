_all = [
    BaseException, SystemExit, KeyboardInterrupt, GeneratorExit, Exception, StopIteration, StopAsyncIteration, ArithmeticError,
    FloatingPointError, OverflowError, ZeroDivisionError, AssertionError, AttributeError, BufferError, EOFError, ImportError,
    ModuleNotFoundError, LookupError, IndexError, KeyError, MemoryError, NameError, UnboundLocalError, OSError, BlockingIOError,
    ChildProcessError, ConnectionError, BrokenPipeError, ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError,
    FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError, NotADirectoryError, PermissionError,
    ProcessLookupError, TimeoutError, ReferenceError, RuntimeError, NotImplementedError, RecursionError, SyntaxError,
    IndentationError, TabError, SystemError, TypeError, ValueError, UnicodeError, UnicodeDecodeError, UnicodeEncodeError,
    UnicodeTranslateError, Warning, BytesWarning, DeprecationWarning, EncodingWarning, FutureWarning, ImportWarning,
    PendingDeprecationWarning, ResourceWarning, RuntimeWarning, SyntaxWarning, UnicodeWarning, UserWarning, IOError, EnvironmentError,
]
names = [kind.__name__ for kind in _all]


def _above(start):
    return [' '.join(other.__name__ for other in _all if issubclass(kind, other)) for kind in _all[start : start + 9]]


above1, above2, above3, above4 = _above(0), _above(9), _above(18), _above(27)
above5, above6, above7, above8 = _above(36), _above(45), _above(54), _above(63)


def catches(kind, raised):
    try:
        raise raised
    except kind as error:
        return type(error).__name__
    except BaseException:
        return None


r1 = catches(OSError, FileNotFoundError(2, 'gone'))
r2 = catches((KeyError, ValueError), UnicodeError('x'))
r3 = catches(Exception, KeyboardInterrupt())
r4 = catches(LookupError, IndexError)
r5 = catches(ArithmeticError, ZeroDivisionError())
r6 = catches(RuntimeError, NotImplementedError('later'))
r7 = catches(ImportError, ModuleNotFoundError('no'))
r8 = catches(ValueError, KeyError('k'))
r9 = str(KeyError('k'))
r10 = str(ValueError('a', 1))
r12 = ValueError('a', 2).args
r13 = str(Exception())


class Own(ValueError):
    def __init__(self, field, **more):
        super().__init__(f'bad {field}')
        self.field = field
        self.more = more


r14 = catches(ValueError, Own('x'))
try:
    raise Own('name', code=3)
except Own as error:
    r15 = (str(error), error.field, error.more, error.args)
try:
    try:
        raise KeyError('first')
    except KeyError as first:
        raise RuntimeError('second') from first
except RuntimeError as second:
    r16 = (str(second), second.args)
order = []
try:
    order.append('try')
except ValueError:
    order.append('except')
else:
    order.append('else')
finally:
    order.append('finally')


def ends(how):
    try:
        if how == 'return':
            return 'returned'
        if how == 'raise':
            raise ValueError
    except ValueError:
        return 'caught'
    finally:
        order.append(how)
    return 'fell through'


r17 = [ends('return'), ends('raise'), ends('')]
r18 = order
try:
    [][0]
except (IndexError, KeyError):
    r19 = 'index'
try:
    int('x')
except ValueError as error:
    r20 = str(error)
try:
    {}['k']
except KeyError as error:
    r21 = str(error)
try:
    undefined_name
except NameError as error:
    r22 = str(error)
try:
    None.attribute
except AttributeError as error:
    r23 = str(error)
try:
    1 / 0
except ArithmeticError as error:
    r24 = str(error)
try:
    assert 1 == 2, 'never'
except AssertionError as error:
    r25 = str(error)
try:
    import no_such_module
except ImportError as error:
    r26 = (str(error), type(error).__name__)
