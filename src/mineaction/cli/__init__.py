"""The command line: parses a request, calls the programme, shows the answer. No rule, no reading of data, no geometry here.

Exit codes: 0 answered, 1 findings where a command promises that, 2 the command was not understood, 3 something given is wrong
(each problem with code, place and remedy).
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence

from mineaction.cli.command import Request
from mineaction.cli.parser import parse
from mineaction.cli.terminal_cells import harmless
from mineaction.terms.problem import ProblemError, problem

EXIT_PROBLEM = 3
# What a shell reports for a program whose reader went away (128 + SIGPIPE).
EXIT_READER_GONE = 141
# And for one that was interrupted at the keyboard (128 + SIGINT).
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one request; the exit code."""
    if sys.stdout is None:
        # Standard output was closed before the start: there is nowhere to answer to.
        return EXIT_PROBLEM
    # What the terminal cannot show, and words that are no text, come out as escapes and not as a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    request = parse(arguments)
    try:
        answer = request.ask()
        _print(request, answer)
    except ProblemError as error:
        return _print_problems(request, error)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted (a pager, `head`); nothing more can be shown to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_READER_GONE
    except OSError as error:
        # Where the answer goes to is full or gone: say so where it can still be read, and let nothing be flushed there again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr.write(f"{problem('output_not_written', 'standard output', 'the answer', reason=error.strerror or 'unknown')}\n")
        return EXIT_PROBLEM
    return request.exit_code(answer)


def _print(request: Request, answer: dict[str, object]) -> None:
    text = _json(answer) if request.as_json else request.show(answer)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def _json(answer: dict[str, object]) -> str:
    """As it stands; with JSON's own escapes where the terminal's encoding lacks a character or a word was no text."""
    text = json.dumps(answer, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(answer, indent=2)
    return text


def _print_problems(request: Request, error: ProblemError) -> int:
    if request.as_json:
        sys.stdout.write(_json({"problems": [one.as_dict() for one in error.problems]}) + "\n")
    else:
        sys.stderr.writelines(f"{harmless(str(one))}\n" for one in error.problems)
    return EXIT_PROBLEM
