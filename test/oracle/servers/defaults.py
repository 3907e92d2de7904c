"""Prints, as JSON, after how many seconds each server pings when nobody says: asked of its own code; null is never."""
import inspect
import json

from daphne.cli import CommandLineInterface
from hypercorn.config import Config as Hypercorn
from uvicorn.config import Config as Uvicorn

print(
    json.dumps(
        {
            "daphne": CommandLineInterface().parser.get_default("ping_interval"),
            "uvicorn": inspect.signature(Uvicorn).parameters["ws_ping_interval"].default,
            "hypercorn": Hypercorn().websocket_ping_interval,
        }
    )
)
