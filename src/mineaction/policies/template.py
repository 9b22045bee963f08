"""A commented example of a policy file, for any state: copy, replace, check with `mineaction policies --policy FILE`."""

from __future__ import annotations

from mineaction.policies.clause import FORCES, MODALITIES, TEXT_ONLY
from mineaction.terms.vocabulary import FIELDS

_HEAD = """\
# A policy as dated clauses. Every condition is `field: [values]`, or `field: {not: [values]}`; nothing else is needed or allowed,
# so that each clause is a table a lawyer can review. A fact a clause does not name does not matter to it.
# Check the file:     mineaction policies --policy THIS_FILE
# Look for gaps and contradictions:  mineaction check-policies --policy THIS_FILE
# Ask it a question:  mineaction decide --policy THIS_FILE --act use --item apl --actor XXX --on 2026-01-01
# Hold it against the Ottawa Convention:  mineaction compare my_policy@2026-01-01 apmbc --policy THIS_FILE

version: my_policy@2026-01-01        # instrument@first day in force
title: Landmine policy of ... (replace)
instrument:
  instrument_kind: executive_policy  # treaty, statute, regulation, executive_policy, statement, decision
  binds: {actors: [CHE]}             # the states this text binds, ISO 3166 codes (an example: replace)
in_force: {from: "2026-01-01", to: ""}   # half-open; "" = no end is known

# Source texts, beside this file. A quote must stand in its file word for word; white space may differ.
# texts: {announcement: announcement.txt}
texts: {}

# Every condition below is read inside this scope, unless the clause says `scope: none`.
scope: {item: [anti_personnel_mine], initiation: [victim]}

# How a contested text may be understood; exactly one is the default. A clause may change under a reading (see below).
readings:
  as_written: {default: true, says: "The text as it stands."}
  strict: {says: "The exception for training is read as for detection techniques only.", source: "replace with who reads it so"}

clauses:
- id: my_policy.1
  article: "1"
  text: {kind: paraphrase, says: "Anti-personnel mines are not used.", citation: "replace with the place in the text"}
  # text: {kind: quote, file: announcement, says: "the words themselves"}
  forbid: {act: [use]}

- id: my_policy.2
  article: "2"
  text: {kind: paraphrase, says: "They are not transferred.", citation: "replace"}
  forbid: {act: [export, transfer, sell]}

- id: my_policy.2.training
  article: "2, exception"
  text: {kind: paraphrase, says: "Transfers for training in demining techniques are allowed, as few as necessary.", citation: "replace"}
  permit: {act: [export, transfer, sell], purpose: [technique_training_or_development]}
  defeats: [my_policy.2]             # an exception beats the rule it names
  proviso: "needs_judgement: as few as necessary"   # a limit that needs judgement is reported, never invented
  readings:
    strict: {omit: true}             # under this reading the clause is left out

- id: my_policy.3
  article: "3"
  text: {kind: paraphrase, says: "Stocks are destroyed by the end of 2027.", citation: "replace"}
  oblige: {do: [destroy], triggered_by: [stockpile, retain], deadline: "2027-12-31"}

- id: my_policy.4
  article: "4"
  text: {kind: paraphrase, says: "Nobody is helped to do what the Ottawa Convention prohibits.", citation: "replace"}
  scope: none
  forbid: {act: [assist, encourage, induce]}
  refers_to: {instrument: apmbc, as_if: party}   # evaluated there, never copied

- id: my_policy.5
  article: "5"
  text: {kind: paraphrase, says: "The state will work towards accession.", citation: "replace"}
  aim: accede_to_apmbc

# Not used above:
#   unsettled: {act: [...]} with `why:`   the source does not say; the answer is then undetermined, and says which law is missing
#   except: {...} with `suspends: [ids]`  switches clauses off without allowing anything
#   force: best_effort                    an effort ("will seek to") is listed, it is no duty
#   continues_where: {version: ID, when: {...}}   an earlier version goes on where this holds
#   accepted: [{finding: gap, acts: [...], reason: "..."}]   beside `clauses`: what check-policies finds and the text means so
#   from: "2027-01-01", until: "2028-01-01"   a clause's own days, half-open
#   Beside `clauses`:
#   continues: [{version: ID, clauses: [ids]}]   these clauses of an earlier version go on unchanged
#   in_force: {from: DAY, to: unknown, certain_until: DAY}   from that day on nobody knows whether it still stands
"""


def template() -> str:
    """The example, with the closed vocabulary listed at the end."""
    words = "\n".join(f"#   {field.name}: {', '.join(field.values)}" for field in FIELDS.values() if field.name != "underlying")
    kinds = f"# Kinds of clause: {', '.join((*MODALITIES, *TEXT_ONLY))}\n# force: {', '.join(FORCES)}"
    return f"{_HEAD}\n{kinds}\n# The vocabulary, field by field:\n{words}\n"
