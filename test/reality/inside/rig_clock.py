"""Makes a server's pings RIG_CLOCK times more frequent, as the rig's router closes its window that much earlier.

Nothing else of the server or of the app is touched: the intervals are those that the command line, the configuration or
the server's own default gave; how long a pong may take stays real.
"""

import os

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


changes = (
    {
        'daphne.server': daphne_server,
        'uvicorn.config': uvicorn_config,
        'hypercorn.config': hypercorn_config,
    }
    if speed != 1
    else {}
)
