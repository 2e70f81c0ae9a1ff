"""`up`: the whole house on one machine, until Ctrl-C."""

import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commonpurse.embedded.children import UnableToStart
from commonpurse.embedded.programs import UnableToFindProgram
from commonpurse.embedded.servers import AlreadyRunning, Servers, own_servers
from commonpurse.embedded.supervisor import (
    LOOK_EVERY_SECONDS,
    House,
    UnableToGoOn,
    app_environment,
    free_port,
    parts_of_the_house,
    stopping_in_good_order,
    wait_for_the_first_page,
)


class Command(BaseCommand):
    """Starts the database, the broker, the web, the worker and the beat, and stops them all again."""

    help = "Start everything on this machine and print the address; Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to answer, and whether to show the made-up council."""
        parser.add_argument("--demo", action="store_true", help="load the made-up council and catch its mail")
        parser.add_argument(
            "--host", default="127.0.0.1", help="where to answer (default: this machine only)"
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="which port (default 8000, or the next free)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        try:
            with stopping_in_good_order():
                self._run(**{name: options[name] for name in ("demo", "host", "port")})
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
        except (UnableToFindProgram, UnableToGoOn, UnableToStart) as trouble:
            raise CommandError(str(trouble)) from trouble

    def _run(self, *, demo: bool, host: str, port: int) -> None:
        self._say("Starting the database and the broker...")
        told = False
        while True:
            try:
                with own_servers(doing="up") as servers:
                    self._keep_house(servers, demo=demo, host=host, port=port)
                return
            except AlreadyRunning as other:
                told = self._wait_for(other, told=told)

    def _wait_for(self, other: AlreadyRunning, *, told: bool) -> bool:
        """Give way to another `up`; wait for a short command that happens to have the servers."""
        process, doing = other.note.get("pid"), other.note.get("doing")
        if doing == "up":
            where = other.note.get("address", "an address it is about to print")
            raise CommandError(f"Common Purse is already running at {where} (process {process}).")
        if doing and not told:
            self._say(f"Waiting for `{doing}` (process {process}), which is using the database...")
        time.sleep(LOOK_EVERY_SECONDS)
        return told or bool(doing)

    def _keep_house(self, servers: Servers, *, demo: bool, host: str, port: int) -> None:
        free = free_port(host, port)
        if free != port:
            self._say(f"Port {port} is taken; using {free}.")
        address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{free}"  # noqa: S104
        environment = app_environment(servers, address=address, is_demo=demo)
        self._say("Preparing tables and static files...")
        self._prepare({**environment, **servers.variables})
        house = House(servers, environment)
        try:
            self._say("Starting the web, the worker and the beat...")
            for part in parts_of_the_house(servers, host=host, port=free):
                house.start(part)
            servers.write_note(ready=True, address=address)
            sign_ins = self._load_demo(servers, environment) if demo else ""
            wait_for_the_first_page(house, address)
            self._say(f"\nCommon Purse is at {address}\n")
            self._say(f"{sign_ins}Logs are in {servers.logs}\nCtrl-C stops everything.")
            self._watch(house)
        finally:
            self._say("\nStopping...")
            house.stop()

    def _prepare(self, environment: dict[str, str]) -> None:
        """Migrate as the owner, and collect static files meanwhile."""
        commands = [["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]]
        running = [
            subprocess.Popen([sys.executable, "manage.py", *command], env=environment, start_new_session=True)
            for command in commands
        ]
        try:
            for command, process in zip(commands, running, strict=True):
                if process.wait() != 0:
                    raise UnableToGoOn(f"`manage.py {command[0]}` failed; what it said is above.")
        finally:
            for process in running:  # told to stop meanwhile, they end before the database they work on
                process.kill()
                process.wait()

    def _load_demo(self, servers: Servers, environment: dict[str, str]) -> str:
        """Load the made-up council. It tells its progress on standard error, and how to sign in on its output."""
        self._say("Loading the made-up council...")
        token_file = servers.state / "demo-token"
        command = [sys.executable, "manage.py", "load_demo", f"--token-file={token_file}"]
        loading = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=False, start_new_session=True
        )
        if loading.returncode != 0:
            raise UnableToGoOn(f"The demo council could not be loaded; why is said above.\n{loading.stdout}")
        return f"{loading.stdout.rstrip()}\n\n"

    def _watch(self, house: House) -> None:
        while True:
            for name in house.mend():
                self._say(f"The {name} had died and was started again; see {house.servers.logs / name}.log")
            time.sleep(LOOK_EVERY_SECONDS)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
