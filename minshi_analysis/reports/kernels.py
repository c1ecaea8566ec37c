"""Warm kernels: real ipykernels forked from a parent that has already imported pandas and matplotlib.

A kernel costs three seconds, and nearly all of it is imports. `WarmProvisioner` (entry point group
`jupyter_client.kernel_provisioners`) starts a kernel as a fork of `multiprocessing`'s forkserver, which has
imported `minshi_analysis.workers.preload` and has neither thread nor socket; `WarmEngine` (entry point group
`papermill.engine`) runs papermill on such kernels. Where fork is not to be had, both give the ordinary kernel,
with the same outputs.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import nbformat
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from minshi_analysis.catalogue import PROJECT_VARIABLE, CatalogueError, find_project
from minshi_analysis.reports.typed import declared, hold
from minshi_analysis.workers.fork import end_group, fork_context, peak_memory

if TYPE_CHECKING:
    from papermill.clientwrap import PapermillNotebookClient

__all__ = ["PROVISIONER", "WarmProvisioner", "Watch"]

PROVISIONER = "minshi-warm"


@dataclass(slots=True)
class Watch:
    """What is seen of a running notebook from outside: handed to `WarmEngine`, filled while it runs."""

    notebook: nbformat.NotebookNode | None = None
    pid: int | None = None
    cell: int | None = None
    peak_memory: int | None = None
    exit_code: int | None = None
    on_kernel: Any = None
    started: float = field(default_factory=time.monotonic)
    seconds: dict[str, float] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Note how long after the start something happened."""
        self.seconds[name] = round(time.monotonic() - self.started, 3)

    def look(self) -> None:
        """Read the kernel's peak memory (bytes), where the system tells."""
        seen = peak_memory(self.pid) if self.pid else None
        if seen is not None:
            self.peak_memory = max(self.peak_memory or 0, seen)


_SERVER_GONE = 255  # what multiprocessing says of a child whose forkserver can no longer tell how it ended


class _Forked:
    """A forked kernel with the methods of `subprocess.Popen` that a provisioner uses.

    It outlives the forkserver that made it: where that one was killed, the kernel itself is asked whether it runs.
    """

    stdin = stdout = stderr = None

    def __init__(self, process: Any):
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        code = self._process.exitcode
        return None if code == _SERVER_GONE and _runs(self.pid) else code

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        until = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None and time.monotonic() < until:
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


class WarmProvisioner(LocalProvisioner):
    """Starts IPython kernels by fork; every other kernel, and every other system, as jupyter_client does.

    So it does where the forkserver was killed: that is slower, and gives the same outputs.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any):
        context: Any = fork_context()
        arguments = _ipykernel_arguments(cmd)
        if context is None or arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        environment = dict(kwargs.get("env") or os.environ)
        environment.pop("JPY_PARENT_PID", None)  # the parent of a fork is the forkserver: see _outlive_nobody
        self.cwd = kwargs.get("cwd") or os.getcwd()
        process = context.Process(target=_kernel, args=(arguments, environment, str(self.cwd)), name="kernel")
        try:
            process.start()
        except (EOFError, OSError):
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast(Any, _Forked(process))
        self.pid = self.pgid = process.pid  # the child makes itself the leader of its own group
        return self.connection_info


def _ipykernel_arguments(cmd: list[str]) -> list[str] | None:
    """The arguments of an ipykernel of this very interpreter, or None for another kernel's command."""
    if len(cmd) > 3 and cmd[0] == sys.executable and cmd[1:3] == ["-m", "ipykernel_launcher"]:
        return cmd[3:]
    return None


def _kernel(arguments: list[str], environment: dict[str, str], cwd: str) -> None:
    """In the forked child: become an ordinary IPython kernel."""
    os.setsid()  # Ctrl-C is for the command, which ends its kernels itself
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    spec = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(spec and spec.origin), *arguments]
    threading.Thread(target=_outlive_nobody, daemon=True, name="parent").start()

    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=1)  # 1: somebody else sees to it that the kernel ends
    app.initialize(arguments)
    app.start()


def _outlive_nobody() -> None:
    """End with the process that asked for this kernel, even if that one is killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "a kernel is forked from a process"
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGKILL)


class _Client(AsyncKernelClient):
    """A client that is ready when the kernel is: jupyter_client's waits for 0.2 s of silence, or 0.4.

    An ipykernel before 7 greets nobody: what it publishes before our subscription has reached it is lost, and it is
    asked again until something comes.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        deadline = time.monotonic() + (timeout or float("inf"))
        self.kernel_info()
        for channel in (self.shell_channel, self.iopub_channel):  # the kernel answers; its outputs reach us
            while not await channel.msg_ready():
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info")
                if time.monotonic() > deadline:
                    raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
                if not await channel.socket.poll(100) and channel is self.iopub_channel:
                    self.kernel_info()
            message = await channel.get_msg(timeout=1)
            if message["msg_type"] == "kernel_info_reply":
                self._handle_kernel_info_reply(message)


class _WarmSpecs(KernelSpecManager):
    """The installed kernelspecs, provisioned warm."""

    def get_kernel_spec(self, kernel_name: str):
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec


def __getattr__(name: str) -> Any:
    """`WarmEngine` is made when it is first asked for: papermill asks while it is itself being imported."""
    if name == "WarmEngine":
        return _warm_engine()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@functools.cache
def _warm_engine() -> type:
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine

    class WarmEngine(NBClientEngine):
        """papermill's engine on warm kernels.

        Examples
        --------
        `papermill --engine minshi in.ipynb out.ipynb`, or `papermill.execute_notebook(…, engine_name="minshi")`.
        """

        @classmethod
        def execute_managed_notebook(
            cls,
            nb_man,
            kernel_name: str,
            *,
            watch: Watch | None = None,
            warm: bool = True,
            timeout: float | None = None,
            start_timeout: int = 60,
            kernel_cwd: str | None = None,
            kernel_env: Mapping[str, str] | None = None,
            input_path: str | None = None,
            **_ignored: Any,
        ):
            """Run the cells; `timeout` is for the whole notebook, `watch` sees what happens."""
            watch = watch or Watch()
            watch.notebook = nb_man.nb
            _hold_parameters(nb_man.nb)
            kernel_env = _with_project(kernel_env, input_path)
            deadline = time.monotonic() + timeout if timeout else None
            with tempfile.TemporaryDirectory(prefix="minshi-", dir=_short_folder()) as scratch:
                manager = _manager(kernel_name, Path(scratch), warm)
                client = PapermillNotebookClient(
                    nb_man,
                    km=manager,
                    kernel_name=kernel_name,
                    startup_timeout=start_timeout,
                    record_timing=False,
                    timeout_func=lambda cell: _left(deadline),
                    on_cell_start=lambda cell, cell_index: _at(watch, cell_index),
                    on_notebook_start=lambda notebook: watch.mark("kernel"),
                )
                try:
                    _keep_project(manager, os.environ if kernel_env is None else kernel_env)
                    started = {"env": dict(kernel_env)} if kernel_env is not None else {}
                    with _Looking(watch, manager):
                        client.execute(cwd=kernel_cwd, **started)
                finally:
                    watch.mark("cells")
                    _end(client, manager, watch)
            return nb_man.nb

    return WarmEngine


def _hold_parameters(notebook: nbformat.NotebookNode) -> None:
    """Hold what papermill was given to the parameters cell, before a kernel starts."""
    cells = (cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    hold(declared(next(cells, "")), given)


def _with_project(environment: Mapping[str, str] | None, notebook: str | None) -> Mapping[str, str] | None:
    """The kernel's environment with the notebook's own project, where it runs outside any.

    A forked kernel cannot see which command wanted it (see `notebook.beginning`).
    """
    if not notebook or PROJECT_VARIABLE in (os.environ if environment is None else environment):
        return environment
    try:
        find_project()
    except CatalogueError:
        with contextlib.suppress(CatalogueError):
            found = str(find_project(Path(notebook).parent))
            return {**(os.environ if environment is None else environment), PROJECT_VARIABLE: found}
    return environment


def _keep_project(manager: AsyncKernelManager, environment: Mapping[str, str]) -> None:
    """Let the project of a run stand against that of the kernel: `minshi lab` has one that names the lab's project."""
    if PROJECT_VARIABLE in environment and manager.kernel_spec is not None:
        manager.kernel_spec.env.pop(PROJECT_VARIABLE, None)


def _left(deadline: float | None) -> float | None:
    """Seconds to a deadline: never none at all, which nbclient takes for no limit."""
    return None if deadline is None else max(0.01, deadline - time.monotonic())


def _at(watch: Watch, index: int) -> None:
    watch.cell = index


def _short_folder() -> str | None:
    """Sockets have short names: the system's temporary folder where it is short, else /tmp."""
    return None if len(tempfile.gettempdir()) < 40 or os.name == "nt" else "/tmp"


def _manager(kernel_name: str, scratch: Path, warm: bool) -> AsyncKernelManager:
    factory = KernelProvisionerFactory.instance()
    if warm and PROVISIONER not in factory.provisioners:  # the package runs from a tree that is not installed
        where = "minshi_analysis.reports.kernels:WarmProvisioner"
        factory.provisioners[PROVISIONER] = EntryPoint(PROVISIONER, where, factory.GROUP_NAME)
    options: dict[str, Any] = {"kernel_spec_manager": _WarmSpecs()} if warm else {}
    if os.name != "nt":  # no ports: two kernels never race for one, and nobody else can reach them
        options |= {"transport": "ipc", "ip": str(scratch / "k")}
    manager = AsyncKernelManager(kernel_name=kernel_name, client_factory=_Client, **options)
    manager.connection_file = str(scratch / "kernel.json")
    return manager


class _Looking:
    """Looks at the kernel ten times a second, so that the memory of a killed one is known."""

    def __init__(self, watch: Watch, manager: AsyncKernelManager):
        self.watch, self.manager, self.done = watch, manager, threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self.done.wait(0.1):
            if self.watch.pid is None:
                self.watch.pid = getattr(self.manager.provisioner, "pid", None)
                if self.watch.pid is not None and self.watch.on_kernel:
                    self.watch.on_kernel(self.watch.pid)
            self.watch.look()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_exc) -> None:
        self.done.set()
        self.thread.join()


def _end(client: PapermillNotebookClient, manager: AsyncKernelManager, watch: Watch) -> None:
    """End the kernel at once: its outputs are here, and a polite shutdown waits for a poll."""
    provisioner = manager.provisioner
    process = getattr(provisioner, "process", None)
    if process is not None:
        watch.exit_code = process.poll()  # not None: it ended before we asked
        watch.pid = process.pid
        watch.look()
        if watch.exit_code is None:
            end_group(process.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
    if client.kc is not None:
        client.kc.stop_channels()
    manager.cleanup_connection_file()
    manager.cleanup_ipc_files()
    manager._close_control_socket()
