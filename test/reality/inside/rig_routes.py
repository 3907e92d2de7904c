"""The WebSocket routes of an ASGI application, asked of the objects that Channels and Starlette made, each as a sample path."""

import functools
import re
import types

try:
    from re import _constants as ops, _parser as parser
except ImportError:  # below Python 3.11
    import sre_constants as ops
    import sre_parse as parser

uuid = '6f0d2c9e-1a2b-4c3d-8e4f-5a6b7c8d9e0f'
converters = {'IntConverter': '1', 'StringConverter': 'lobby', 'SlugConverter': 'lobby', 'PathConverter': 'lobby', 'UUIDConverter': uuid}
deepest = 12


def kinds(value):
    """Names of its class and of those above, with their modules."""
    return {f'{one.__module__}.{one.__qualname__}' for one in type(value).__mro__}


def routes_of(application):
    """Sample paths, with their leading slash, in the order of the routes."""
    found = [f"/{path.lstrip('/')}" for path in walk(application, '', set(), 0)]
    return list(dict.fromkeys(found))


def walk(value, prefix, seen, depth):
    if depth > deepest or id(value) in seen or isinstance(value, (str, bytes, int, float, type, types.ModuleType)):
        return
    seen.add(id(value))
    names = kinds(value)
    if 'channels.routing.URLRouter' in names:
        yield from router(value, prefix, seen, depth)
    elif 'channels.routing.ProtocolTypeRouter' in names:
        if 'websocket' in value.application_mapping:
            yield from walk(value.application_mapping['websocket'], prefix, seen, depth + 1)
    elif names & {'starlette.routing.WebSocketRoute'}:
        yield prefix + starlette_path(value)
    elif 'starlette.routing.Mount' in names:
        yield from walk(value.app, prefix + starlette_path(value).rstrip('/'), seen, depth + 1)
    elif not names & {'django.core.handlers.base.BaseHandler', 'starlette.routing.Route'}:
        for inner in inside(value):
            yield from walk(inner, prefix, seen, depth + 1)


def router(value, prefix, seen, depth):
    for route in value.routes:
        path = sample_pattern(route.pattern)
        if path is None:
            continue
        nested = list(walk(route.callback, prefix + path, seen, depth + 1)) if not consumer_of(route.callback) else []
        yield from nested or [prefix + path]
        seen.discard(id(route.callback))


def consumer_of(callback):
    return getattr(callback, 'consumer_class', None)


def inside(value):
    """What a wrapper may hold its inner application in."""
    if isinstance(value, types.MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if has_contents(cell)]
        named = [value.__globals__.get(name) for name in value.__code__.co_names]
        wrapped = getattr(value, '__wrapped__', None)
        return [one for one in [wrapped, *cells, *named, *(value.__defaults__ or ())] if worth(one)]
    if isinstance(value, dict):
        return [one for one in value.values() if worth(one)]
    if isinstance(value, (list, tuple)):
        return [one for one in value if worth(one)]
    slots = [getattr(value, name, None) for one in type(value).__mro__ for name in getattr(one, '__slots__', ())]
    return [one for one in [*getattr(value, '__dict__', {}).values(), *slots] if worth(one)]


def has_contents(cell):
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def worth(value):
    """An application, or something that can hold one."""
    if isinstance(value, (type, types.ModuleType, types.BuiltinFunctionType)):
        return False
    return callable(value) or isinstance(value, (dict, list, tuple)) or 'starlette.routing.BaseRoute' in kinds(value)


def sample_pattern(pattern):
    """A text that a route's pattern of Django matches; None when none was found."""
    route = getattr(pattern, '_route', None)
    text = sample_route(str(route), pattern.converters) if route is not None else sample_regex(str(pattern._regex))
    return text if text is not None and pattern.match(text) else None


def sample_route(route, given):
    def value(match):
        converter = given[match.group(1)]
        known = converters.get(type(converter).__name__)
        return known if known is not None else sample_regex(converter.regex) or ''

    return re.sub(r'<(?:[^>:]+:)?([^>]+)>', value, route)


def starlette_path(route):
    given = route.param_convertors

    def value(match):
        name = type(given[match.group(1)]).__name__
        return {'IntegerConvertor': '1', 'FloatConvertor': '1.0', 'UUIDConvertor': uuid}.get(name, 'lobby')

    text = re.sub(r'\{([^}:]+)\}', value, route.path_format)
    return text.replace('/lobby', '') if 'starlette.routing.Mount' in kinds(route) and 'path' in given else text


def sample_regex(text):
    """A short text that the expression matches; None for what is not followed."""
    try:
        return sample(parser.parse(text))
    except (re.error, NotFollowed):
        return None


class NotFollowed(Exception):
    pass


def sample(items):
    return ''.join(piece(op, value) for op, value in items)


def piece(op, value):
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.NOT_LITERAL:
        return 'a' if value != ord('a') else 'b'
    if op is ops.ANY:
        return 'a'
    if op is ops.IN:
        return next(char for char in map(chr, [*b'1a/-_.A ?=&', *range(33, 127)]) if holds(value, char))
    if op is ops.BRANCH:
        return sample(value[1][0])
    if op is ops.SUBPATTERN:
        return sample(value[-1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, inner = value
        return sample(inner) * (least or min(1, most))
    if op in (ops.AT, ops.ASSERT_NOT):
        return ''
    raise NotFollowed(op)


def holds(items, char):
    negated = bool(items) and items[0][0] is ops.NEGATE
    found = any(holds_one(op, value, char) for op, value in items)
    return found is not negated


def holds_one(op, value, char):
    if op is ops.LITERAL:
        return ord(char) == value
    if op is ops.RANGE:
        return value[0] <= ord(char) <= value[1]
    if op is ops.CATEGORY:
        letter = {'DIGIT': 'd', 'SPACE': 's', 'WORD': 'w'}[str(value).rsplit('_', 1)[-1]]
        return bool(re.match('\\' + (letter.upper() if '_NOT_' in str(value) else letter), char))
    return False
