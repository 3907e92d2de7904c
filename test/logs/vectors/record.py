"""Makes programs fail as they do on a dyno and records what they print.

    unshare -rn sh -c 'ip link set lo up; python record.py VENV NAME [ONLY]'
    python record.py VENV NAME --expected

The second form runs nothing: it takes what is expected anew from the scenarios.

VENV holds the servers and libraries; NAME.json is written beside this file. Everything listens on 127.0.0.1 in a network
of its own. What a scenario must be recognised as stands with it, in scenarios.py, not in what is recorded.
"""
import base64
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from scenarios import scenarios

here = pathlib.Path(__file__).parent
venv = pathlib.Path(sys.argv[1]).absolute()
name = sys.argv[2]
only = sys.argv[3] if len(sys.argv) > 3 else ""
work = pathlib.Path(tempfile.mkdtemp(prefix="dynolint-record-"))
python = str(venv / "bin/python")
describe = (
    "import json, sys, sysconfig;"
    "from importlib.metadata import distributions;"
    "print(json.dumps([sysconfig.get_paths()['purelib'], sysconfig.get_paths()['stdlib'],"
    " '%d.%d' % sys.version_info[:2], {d.metadata['Name'].lower().replace('_', '-'): d.version for d in distributions()}]))"
)
purelib, stdlib, release, packages = json.loads(subprocess.run([python, "-c", describe], capture_output=True, text=True).stdout)
certificates = work / "tls"


def main():
    make_certificate()
    services = start_services()
    try:
        chosen = [s for s in scenarios if only in s["name"] and runs_here(s)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            records = list(pool.map(record, range(len(chosen)), chosen))
    finally:
        for service in services:
            service.kill()
        shutil.rmtree(work, ignore_errors=True)
    target = here / f"{name}.json"
    if only != "" and target.exists():
        fresh = {r["scenario"]: r for r in records}
        kept = json.loads(target.read_text("utf-8"))["records"]
        known = {r["scenario"] for r in kept}
        records = [fresh.get(r["scenario"], r) for r in kept] + [r for r in records if r["scenario"] not in known]
    store(records)


def renew():
    known = {s["name"]: s for s in scenarios}
    records = json.loads((here / f"{name}.json").read_text("utf-8"))["records"]
    store([r | expectation(known[r["scenario"]]) for r in records if r["scenario"] in known])


def store(records):
    document = {"python": release, "records": records}
    target = here / f"{name}.json"
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def runs_here(scenario):
    return all(p in packages for p in scenario["needs"]) and not any(p in packages for p in scenario["without"])


def make_certificate():
    certificates.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=certificates, check=True, capture_output=True,
    )


def start_services():
    """Redis servers: 6400 plain, 6401 with a password, 6402 TLS only, 6403 two clients, 6404 without memory."""
    tls = ["--port", "0", "--tls-port", "6402", "--tls-auth-clients", "no", "--tls-cert-file", certificates / "cert.pem",
           "--tls-key-file", certificates / "key.pem"]
    variants = [
        ["--port", "6400"],
        ["--port", "6401", "--requirepass", "right"],
        tls,
        ["--port", "6403", "--maxclients", "1"],
        ["--port", "6404", "--maxmemory", "1"],
    ]
    started = [
        subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--save", "", "--daemonize", "no", *map(str, variant)],
            cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )
        for variant in variants
    ]
    time.sleep(1)
    return started


def record(index, scenario):
    folder = work / f"app{index}"
    shutil.copytree(here / "project", folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in scenario["files"].items():
        target = folder / path
        if text is None:
            target.unlink()
            continue
        if isinstance(text, tuple):
            before, after = text
            text = target.read_text("utf-8")
            assert before in text, (scenario["name"], before)
            text = text.replace(before, after)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    port = 5000 + index
    env = {
        "PATH": f"{venv}/bin:/usr/bin:/bin", "PORT": str(port), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "mysite.settings", **scenario["env"],
    }
    env = {key: value for key, value in env.items() if value is not None}
    process = subprocess.Popen(
        ["bash", "-c", scenario["command"]], cwd=folder, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )
    if scenario["client"]:
        # What the client cannot do because the server is not there, the log says.
        if wait_for(port, process):
            for step in scenario["client"]:
                play(port, step)
            time.sleep(scenario["settle"])
    else:
        deadline = time.time() + scenario["settle"] + 10
        while process.poll() is None and time.time() < deadline:
            time.sleep(0.1)
    for sig, patience in ((signal.SIGTERM, 8), (signal.SIGKILL, 5)):
        if process.poll() is None:
            os.killpg(process.pid, sig)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    output = process.stdout.read().decode("utf-8", "replace")
    lines = [clean(line, folder, port) for line in output.splitlines()]
    program = scenario["program"]
    print(scenario["name"], len(lines), file=sys.stderr)
    return {
        "scenario": scenario["name"],
        "program": " ".join(f"{p} {packages[p]}" if p in packages else p for p in program.split()),
        "lines": shorten(lines),
        **expectation(scenario),
    }


def expectation(scenario):
    return {key: scenario[key] for key in ("expected", "noise", "servers")}


def wait_for(port, process):
    for _ in range(250):
        if process.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            time.sleep(0.3)
            return True
        except OSError:
            time.sleep(0.1)
    return False


def play(port, step):
    kind, *rest = step
    if kind == "sleep":
        time.sleep(rest[0])
        return
    try:
        client = socket.create_connection(("127.0.0.1", port), 3)
    except OSError:
        return
    client.settimeout(4)
    try:
        if kind == "http":
            path, headers = rest
            send(client, port, path, {"Connection": "close", **headers})
            while client.recv(65536):
                pass
        else:
            path, frames, hold, headers = rest
            upgrade = {
                "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), "Origin": f"http://127.0.0.1:{port}",
            }
            send(client, port, path, {**upgrade, **headers})
            answer = client.recv(65536)
            if b" 101 " in answer:
                abrupt = "abrupt" in frames
                for frame in frames:
                    if frame != "abrupt":
                        client.sendall(masked(frame.encode()))
                        time.sleep(0.3)
                time.sleep(hold)
                if not abrupt:
                    close(client)
    except OSError:
        pass
    finally:
        client.close()


def close(client):
    """Says good-bye, also to a server that has said so itself, and waits for the end."""
    client.sendall(bytes([0x88, 0x82]) + bytes(4) + bytes([0x03, 0xE8]))
    while client.recv(65536):
        pass


def send(client, port, path, headers):
    method = headers.pop("Method", "GET")
    host = headers.pop("Host", f"127.0.0.1:{port}")
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    client.sendall("\r\n".join(lines).encode())


def masked(data):
    key = os.urandom(4)
    return bytes([0x81, 0x80 | len(data)]) + key + bytes(b ^ key[i % 4] for i, b in enumerate(data))


def clean(line, folder, port):
    """As on a dyno: no folder of this machine."""
    python_folder = f"/app/.heroku/python/lib/python{release}"
    for local, there in (
        (purelib, f"{python_folder}/site-packages"), (stdlib, python_folder),
        (os.path.realpath(stdlib), python_folder), (str(venv), "/app/.heroku/python"), (str(folder), "/app"),
    ):
        line = line.replace(local, there)
    line = re.sub(r"/\S*/versions/[\d.]+/lib/python[\d.]+", python_folder, line)
    return line.replace(os.path.expanduser("~/.gunicorn"), "/app/.gunicorn")


def shorten(lines, most=160):
    return lines if len(lines) <= most else lines[: most // 2] + lines[-most // 2 :]


renew() if only == "--expected" else main()
