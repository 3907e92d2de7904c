"""Makes a server's pings RIG_CLOCK times more frequent, as the rig's router closes its window that much earlier.

Python imports this module by itself at start-up. Nothing else of the server or of the app is touched: the intervals are
those that the command line, the configuration or the server's own default gave; how long a pong may take stays real.
"""

import importlib.machinery
import os
import sys

speed = float(os.environ.get('RIG_CLOCK', '1'))


def faster(interval):
    return interval / speed if interval else interval


def daphne_server(module):
    start = module.Server.__init__

    def init(self, *args, **kwargs):
        start(self, *args, **kwargs)
        self.ping_interval = faster(self.ping_interval)

    class Reactor:
        """daphne looks every 2 s whether a ping is due."""

        def __getattr__(self, name):
            return getattr(reactor, name)

        def callLater(self, delay, function, *args, **kwargs):
            return reactor.callLater(delay / speed, function, *args, **kwargs)

    reactor = module.reactor
    module.reactor = Reactor()
    module.Server.__init__ = init


def uvicorn_config(module):
    start = module.Config.__init__

    def init(self, *args, **kwargs):
        start(self, *args, **kwargs)
        self.ws_ping_interval = faster(self.ws_ping_interval)

    module.Config.__init__ = init


def hypercorn_config(module):
    class Config(module.Config):
        @property
        def websocket_ping_interval(self):
            return faster(self.__dict__.get('_ping_interval'))

        @websocket_ping_interval.setter
        def websocket_ping_interval(self, value):
            self.__dict__['_ping_interval'] = value

    # A worker process gets its configuration pickled, under this name.
    Config.__qualname__ = 'Config'
    Config.__module__ = module.__name__
    module.Config = Config


changes = {
    'daphne.server': daphne_server,
    'uvicorn.config': uvicorn_config,
    'hypercorn.config': hypercorn_config,
}


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        change = changes.get(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path) if change else None
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            change(module)

        spec.loader.exec_module = exec_module
        return spec


if speed != 1:
    sys.meta_path.insert(0, Finder)
