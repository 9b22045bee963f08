"""The programme's own store: make one, record what a file tells, check, sign, copy, bring back, take back, and look at one subject."""

from __future__ import annotations

import argparse
from typing import Any

from mineaction.cli.command import Answer, Request, command
from mineaction.terms.kinds import RECORDED_KINDS

_STORE = "the store: a file, or postgresql://USER@HOST/DATABASE; left out: MINEACTION_STORE, else programme.gpkg in this folder"
_FINDINGS, _DATA_PROBLEM = 1, 3


def add_commands(commands: Any) -> None:
    """Add the commands of this module."""
    for add in (_init, _import, _history, _reverse, _verify, _rebuild, _checkpoint, _backup, _restore):
        add(commands)


def _init(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_init
        from mineaction.programme.stores import init

        return Request(lambda: init(given.store or given.new_store), show_init, given.json)

    parser = command(commands, "init", "Make a store for the records of a programme: a GeoPackage, or in a database on a server.", request)
    parser.add_argument("store", metavar="STORE", nargs="?", help=_STORE)
    parser.add_argument("--store", metavar="STORE", dest="new_store", help="the same, as other commands have it")


def _import_code(told: Answer) -> int:
    """A file of which nothing could be recorded is a problem in what was given, for a script too that asks for the exit code alone."""
    return _DATA_PROBLEM if told["rows"] and not told["facts"] else 0


def _import(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_import
        from mineaction.programme.recording import import_records

        told = ("kind", "mapping", "store", "principal", "layer", "crs", "dates", "dry_run", "without_personal")
        names = (*told, "problems", "failed_rows", "propose_repairs")
        options = {name: getattr(given, name) for name in names}
        return Request(lambda: import_records(given.file, **options), show_import, given.json, _import_code)

    parser = command(commands, "import", "Record what a file tells, row by row: GeoPackage, shapefile, KML, XLSX, CSV and others.", request)
    parser.add_argument(
        "file",
        metavar="FILE",
        help=".csv, .xlsx, .geojson, .gpkg, .shp (its parts beside it), .gdb, .zip with one of these, .kml, .kmz, maXML; docs/LEDGER.md",
    )
    parser.add_argument("--kind", metavar="KIND", help=f"left out: the mapping's; one of: {', '.join(RECORDED_KINDS)}")
    parser.add_argument("--mapping", metavar="MAPPING", help="what the file's own columns and words mean: a YAML file, or a packaged name")
    add_store(parser)
    add_principal(parser)
    parser.add_argument(
        "--without-personal", action="store_true", help="leave columns about people out: of the file only its digest is kept"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, and record nothing")
    parser.add_argument("--layer", metavar="NAME", help="the layer, sheet or shapefile, where the file holds several")
    parser.add_argument("--crs", metavar="EPSG:NNNN", help="the coordinate system, where the file does not say it; never guessed")
    parser.add_argument("--dates", metavar="ORDER", help="day-first or month-first, for dates such as 03/04/2021")
    parser.add_argument("--problems", metavar="FILE", help="a CSV of every problem: code, severity, place, value, message, remedy")
    parser.add_argument("--failed-rows", metavar="FILE", help="a CSV of the rows that are no facts, as given, to mend and import again")
    words = "a GeoJSON of repairs for rows that only their broken outline keeps out, to be accepted with 'mineaction repair'"
    parser.add_argument("--propose-repairs", metavar="FILE", help=words)


def _history(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_history
        from mineaction.programme.recording import history

        return Request(lambda: history(given.subject, store=given.store), show_history, given.json)

    parser = command(commands, "history", "What was told of one subject, by whom, when, and does it stand?", request)
    parser.add_argument(
        "subject", metavar="SUBJECT", help="an id; where several records have it, kind/organisation/id, as 'hazardous_area/Org A/HA-001'"
    )
    add_store(parser)


def _reverse(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_reversal
        from mineaction.programme.recording import reverse

        return Request(lambda: reverse(given.batch, store=given.store, principal=given.principal), show_reversal, given.json)

    parser = command(commands, "reverse", "Take a whole batch back. Nothing is deleted; a reversal can be reversed.", request)
    parser.add_argument("batch", metavar="BATCH", help="its number, or its id")
    add_store(parser)
    add_principal(parser)


def _verify(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_verification
        from mineaction.programme.store_checks import verify

        def ask() -> Answer:
            return verify(given.store, checkpoint_file=given.checkpoint, public_key=given.public_key)

        return Request(ask, show_verification, given.json, lambda told: 0 if told["is_whole"] else _FINDINGS)

    parser = command(commands, "verify", "Is the store as it was recorded? Exit code 1 when it is not.", request)
    add_store(parser)
    parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that was kept elsewhere")
    parser.add_argument("--public-key", metavar="FILE", help="the public key to check it with, as it was handed out")


def _rebuild(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_rebuild
        from mineaction.programme.store_rebuild import rebuild

        return Request(lambda: rebuild(given.store), show_rebuild, given.json)

    words = "Make the layer of the map anew from the facts, and bring an older store to the format of today."
    add_store(command(commands, "rebuild", words, request))


def _checkpoint(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_checkpoint
        from mineaction.programme.store_checks import checkpoint

        return Request(lambda: checkpoint(given.out, key=given.key, store=given.store), show_checkpoint, given.json)

    parser = command(commands, "checkpoint", "Sign how far the store is, for somebody outside to keep.", request)
    parser.add_argument("out", metavar="OUT", help="the new checkpoint file")
    parser.add_argument("--key", metavar="FILE", required=True, help="your private key; made when it is not there, FILE.pub beside it")
    add_store(parser)


def _backup(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_copy
        from mineaction.programme.stores import backup

        return Request(lambda: backup(given.out, given.store), show_copy, given.json)

    parser = command(commands, "backup", "Copy the store, as it is at one moment, into a new file, and check the copy.", request)
    parser.add_argument("out", metavar="OUT", help="the new file")
    add_store(parser)


def _restore(commands: Any) -> None:
    def request(given: argparse.Namespace) -> Request:
        from mineaction.cli.ledger_text import show_copy
        from mineaction.programme.stores import restore

        return Request(lambda: restore(given.backup, given.store), show_copy, given.json)

    parser = command(commands, "restore", "Bring a backup back as a store that is not there, after checking it.", request)
    parser.add_argument("backup", metavar="BACKUP", help="the file that 'mineaction backup' made")
    add_store(parser)


def add_store(parser: argparse.ArgumentParser) -> None:
    """`--store`, the store that is asked."""
    parser.add_argument("--store", metavar="STORE", help=_STORE)


def add_principal(parser: argparse.ArgumentParser) -> None:
    """`--as`, who records."""
    parser.add_argument("--as", metavar="NAME", dest="principal", help="who records this; left out: local: and your log-in name")
