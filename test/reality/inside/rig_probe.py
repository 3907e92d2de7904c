"""Asks the application itself what the rig has to know, and writes it to the file RIG_PROBE, one JSON object a line.

{"django": …}   Django was set up: with which settings, where, with which paths
{"served": …}   the application that the server was given, and its WebSocket routes
{"layer": …}    the application gave its channel layer a message
{"visitor": …}  a consumer looked at who the visitor is, and knew it from the visitor's cookies

Nothing is changed: what was called is called with the same arguments.
"""

import functools
import json
import os
import sys

file = os.environ.get('RIG_PROBE')


def tell(**line):
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, (json.dumps(line) + '\n').encode())
    finally:
        os.close(descriptor)


def after(holder, name, then):
    """Wraps a function: `then` gets its result and its arguments once it has returned."""
    inner = getattr(holder, name)

    @functools.wraps(inner)
    def outer(*args, **kwargs):
        result = inner(*args, **kwargs)
        then(result, *args)
        return result

    setattr(holder, name, outer)


def served(application):
    from rig_routes import routes_of

    try:
        routes, fault = routes_of(application), None
    except Exception as error:  # the application's objects may do anything
        routes, fault = [], repr(error)
    kind = type(application)
    tell(served={'kind': f'{kind.__module__}.{kind.__qualname__}', 'routes': routes, 'fault': fault})


def django(module):
    def told(_, *args):
        paths = {'settings': os.environ.get('DJANGO_SETTINGS_MODULE'), 'cwd': os.getcwd(), 'path': sys.path[:]}
        tell(django={**paths, 'configuration': os.environ.get('DJANGO_CONFIGURATION')})

    after(module, 'setup', told)


def daphne_server(module):
    start = module.Server.__init__

    def init(self, *args, **kwargs):
        start(self, *args, **kwargs)
        served(self.application)

    module.Server.__init__ = init


def uvicorn_config(module):
    after(module.Config, 'load', lambda _, config: served(config.loaded_app))


def hypercorn_utils(module):
    after(module, 'load_application', lambda wrapper, *_: served(wrapper.app))


def granian_internal(module):
    after(module, 'load_target', lambda application, *_: served(application))


def gunicorn_util(module):
    after(module, 'import_app', lambda application, *_: served(application))


def channels_layers(module):
    def watched(layer, *_):
        for name in ('group_send', 'send'):
            inner = getattr(layer, name, None)
            if inner is not None:
                setattr(layer, name, recorded(inner, name))

    after(module.ChannelLayerManager, '_make_backend', watched)


def recorded(inner, name):
    @functools.wraps(inner)
    def outer(*args, **kwargs):
        tell(layer=name)
        return inner(*args, **kwargs)

    return outer


class Watched(dict):
    """A scope that tells when somebody asks it who the visitor is."""

    def __getitem__(self, key):
        value = super().__getitem__(key)
        if key in ('user', 'session', 'cookies') and knows(key, value):
            tell(visitor=key)
        return value

    def get(self, key, default=None):
        return self[key] if key in self else default


def knows(key, value):
    try:
        if key == 'user':
            return bool(value.is_authenticated)
        return value.session_key is not None if key == 'session' else bool(value)
    except Exception:  # a lazy user that nobody has looked up
        return False


def channels_consumer(module):
    inner = module.AsyncConsumer.__call__

    async def call(self, *args):
        # Channels 2 gives the scope to the constructor.
        if len(args) == 3:
            return await inner(self, Watched(args[0]), *args[1:])
        self.scope = Watched(self.scope)
        return await inner(self, *args)

    module.AsyncConsumer.__call__ = call


def declared():
    """WebSocket routes that the project declares though the process serves none: for a dyno that runs this alone."""
    import gc

    from rig_routes import routes_of

    try:
        from channels.routing import get_default_application

        routes = routes_of(get_default_application())
    except Exception:  # no such setting, or a module that does not load
        routes = []
    loaded = [one for one in gc.get_objects() if type(one).__module__ == 'channels.routing' and hasattr(one, 'routes')]
    print('\nrig:' + json.dumps(routes or [path for one in loaded for path in routes_of(one)]))


changes = (
    {
        'django': django,
        'daphne.server': daphne_server,
        'uvicorn.config': uvicorn_config,
        'hypercorn.utils': hypercorn_utils,
        'granian._internal': granian_internal,
        'gunicorn.util': gunicorn_util,
        'channels.layers': channels_layers,
        'channels.consumer': channels_consumer,
    }
    if file
    else {}
)
