"""Whoever writes the address of a store with its password where a file belongs, or writes it wrong, does not see the password again."""

from __future__ import annotations

from pathlib import Path

import pytest

from mineaction.cli import main
from mineaction.programme.stores import init

SECRETS = ("hunter2", "hun%2Fter2", "hun/ter2", "hun@ter2")
TOLD = "local_id,organisation,type,identified_on\nHA-1,Org,SHA,2020\n"
# {address} is an address with a password, {file} a file of records, {store} a store, {folder} a folder.
COMMANDS = (
    "import {address} --kind hazardous_area --store {store}",
    "import {address} --kind hazardous_area --store {store} --dry-run",
    "import {file} --kind hazardous_area --store {store} --mapping {address}",
    "import {file} --kind {address} --store {store}",
    "import {file} --kind hazardous_area --store {store} --dry-run --problems {address}",
    "import {file} --kind hazardous_area --store {store} --dry-run --failed-rows {address}",
    "import {file} --kind hazardous_area --store {address}",
    "init {address}",
    "verify --store {address}",
    "verify --store {store} --checkpoint {address} --public-key {file}",
    "verify --store {store} --checkpoint {file} --public-key {address}",
    "checkpoint {folder}/new.json --key {address} --store {store}",
    "checkpoint {folder}/new.json --key {folder}/key.pem --store {address}",
    "backup {address} --store {store}",
    "backup {folder}/copy --store {address}",
    "restore {address} --store {folder}/new.gpkg",
    "restore {file} --store {address}",
    "rebuild --store {address}",
    "history {address} --store {store}",
    "why {address} --store {store}",
    "reverse {address} --store {store}",
    "area --store {address}",
    "export --kind land_release --tier T1 --store {store} --out {address}.csv",
    "template --kind accident --out {address}.csv",
    "factcheck {address}",
    "policies --policy {address}",
    "screen {address} {folder}/out.csv",
    "status {address}",
    "what-if apmbc --with {address}",
    "{address}",
    "import {file} {address}",
)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_repeats_a_password(command: str, secret: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "told.csv").write_text(TOLD, encoding="utf-8")
    store = str(tmp_path / "book.gpkg")
    init(store)
    for address in (f"postgresql://ana:{secret}@127.0.0.1:1/book", f"postgresql://127.0.0.1:1/book?user=ana&password={secret}"):
        places = {"address": address, "file": tmp_path / "told.csv", "store": store, "folder": tmp_path}
        words = [word.format(**places) for word in command.split()]
        for more in ([], ["--json"]):
            try:
                is_refused = main([*words, *more]) == 3
            except SystemExit as ended:
                is_refused = ended.code == 2
            told = "".join(capsys.readouterr())
            assert told and (is_refused or words[0] == "history"), told
            assert not [part for part in (secret, *secret.replace("%2F", "/").replace("@", "/").split("/")) if part in told], told
