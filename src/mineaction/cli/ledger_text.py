"""How answers about the store look on a terminal: what was recorded, what was not and why, what stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mineaction.cli.law_text import counted, wrapped

Answer = dict[str, Any]
_PROBLEMS_SHOWN = 10


def show_init(told: Answer) -> str:
    """The new store, and what it means to have it."""
    return "\n".join([*wrapped(f"Made {told['store']}, a store without facts."), *wrapped(told["note"])])


def show_import(told: Answer) -> str:
    """Rows, facts and problems; which batch."""
    counts = f"{counted(told['rows'], 'row')}: {counted(told['facts'], 'fact')}, {told['with_problems']} with problems."
    if told["warnings"]:
        counts += f" {counted(told['warnings'], 'warning')}."
    if told["already_recorded"]:
        where = f"They were recorded before, as batch {told['batch']}; nothing was added."
    elif told["dry_run"]:
        where = "Nothing was recorded (--dry-run)."
    elif told["batch"] is None:
        where = "Nothing was recorded: there was no fact."
    else:
        where = f"Recorded as batch {told['batch']} in {told['store']}."
    lines = wrapped(f"{counts} {where}")
    if told["without_outline"]:
        lines += wrapped(f"{told['without_outline']} without an outline: they are facts, and on no map.")
    if told["left_out_columns"]:
        columns = ", ".join(told["left_out_columns"])
        lines += wrapped(f"Left out, and kept nowhere: {columns}. Of the file itself only its digest is kept, so keep it yourself.")
    if told["repairs_file"]:
        count, out = told["but_for_outline"], told["repairs_file"]
        lines += wrapped(f"Repairs for {counted(count, 'row')} that only their outline keeps out, to be looked at: mineaction repair {out}")
    elif told["but_for_outline"]:
        lines += wrapped(
            f"Only their outline keeps {counted(told['but_for_outline'], 'row')} out; --propose-repairs FILE.geojson shows repairs."
        )
    lines += _listed(told["problems"], told["problem_count"], told["problems_file"] or "a file, with --problems FILE")
    return "\n".join(lines)


def show_history(told: Answer) -> str:
    """Each telling with its batch, and whether it stands."""
    if not told["told"]:
        return "\n".join(wrapped(f"Nothing was told of {told['subject']} in {told['store']}."))
    lines = wrapped(told["subject"])
    for one in told["told"]:
        batches = ", ".join(map(str, one["batches"]))
        state = "stands" if one["stands"] else "stands no more"
        lines += ["", *wrapped(f"{one['recorded_at']}  {one['principal']}, batch {batches}, {one['file']}: {state}")]
        fields = "; ".join(f"{name} = {value}" for name, value in one["fields"].items() if value)
        lines += wrapped(f"{fields}; source = {one['source']}", "  says: ")
        if one["outline"]:
            lines += wrapped(one["outline"], "  outline: ")
        if one["supersedes"]:
            lines += wrapped(one["supersedes"], "  corrects: ")
        lines += wrapped(one["fact_id"], "  id: ")
    return "\n".join(lines)


def show_reversal(told: Answer) -> str:
    """What was taken back, and how to undo that."""
    standing = ", ".join(f"{count} of {kind}" for kind, count in told["standing"].items())
    lines = wrapped(f"Batch {told['reversed']} is taken back by batch {told['batch']}. Facts that stand now: {standing}.")
    return "\n".join([*lines, *wrapped(f"Nothing was deleted. To undo: mineaction reverse {told['batch']}")])


def show_verification(told: Answer) -> str:
    """Whole or not, then every finding."""
    held = _counted(told)
    if told["is_whole"]:
        lines = wrapped(f"Whole: {held}, {told['store']}. Every digest was recomputed and is as it was recorded.")
    else:
        lines = wrapped(f"NOT WHOLE: {told['finding_count']} findings in {held}, {told['store']}.")
    if told["checkpoint"] and told["is_whole"]:
        said = told["checkpoint"]
        lines += wrapped(f"It holds what was signed on {said['signed_at']}: {_counted(said)}.")
    elif not told["checkpoint"]:
        lines += wrapped("Without a checkpoint kept elsewhere, a history made anew by whoever holds the file would not show.")
    lines += _listed(told["findings"], told["finding_count"], "the answer with --json")
    return "\n".join([*lines, *wrapped(told["head"], "head: ")])


def show_rebuild(told: Answer) -> str:
    """Whether the layer was a copy of the facts, and what became of an older format."""
    lines = []
    if told["backup"]:
        lines += wrapped(f"The store had format {told['format_before']} and has format {told['format']} now; as it was: {told['backup']}.")
    was = "It was NOT a copy of the facts before." if told["differed"] else "It was a copy of the facts before as well."
    lines += wrapped(f"Made the layer {told['layer']} of {told['store']} anew: {told['rows']} facts that stand. {was}")
    return "\n".join([*lines, *wrapped("No fact was touched.")])


def show_checkpoint(told: Answer) -> str:
    """Where the checkpoint is, and what to do with it."""
    lines = wrapped(f"Signed {_counted(told)} at {told['signed_at']} into {told['checkpoint']}.")
    if told["key_made"]:
        lines += wrapped(f"A new key was made. Hand out {told['public_key']}; keep the key itself away from the store and its backups.")
    return "\n".join([*lines, *wrapped("Give the checkpoint to somebody outside: it shows what you cannot change any more.")])


def show_copy(told: Answer) -> str:
    """From where to where."""
    lines = wrapped(f"Copied {told['from']} to {told['to']} and checked the copy: whole, up to batch {told['batches']}.")
    return "\n".join([*lines, *wrapped(told["note"])])


def _listed(problems: list[Answer], count: int, elsewhere: str) -> Iterator[str]:
    for one in problems[:_PROBLEMS_SHOWN]:
        yield from wrapped(f"{one['message']} {one['remedy']} [{one['code']}]", f"{one['place']}: ")
    if count > _PROBLEMS_SHOWN:
        yield from wrapped(f"... and {count - _PROBLEMS_SHOWN} more, in {elsewhere}")


def _counted(told: Answer) -> str:
    words = (("batches", "batch"), ("facts", "fact"))
    return ", ".join(f"{told[many]} {one if told[many] == 1 else many}" for many, one in words)
