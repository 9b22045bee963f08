"""What may somebody mean who uses an everyday word? Hints only: a word here is never read as the one beside it.

"Mine" may be an anti-personnel or an anti-vehicle mine, and which of the two decides the answer: whoever asks says it.
"""

from __future__ import annotations

_ANY_MINE = ("apl", "anti-vehicle-mine")

# field -> everyday word, folded -> words of the vocabulary it may mean.
HINTS: dict[str, dict[str, tuple[str, ...]]] = {
    "item": {
        **dict.fromkeys(("landmine", "landmines", "land mine", "land mines", "mine", "mines"), _ANY_MINE),
        **dict.fromkeys(("ap mine", "ap mines", "apm", "apms", "apls", "antipersonnel mine", "antipersonnel landmine"), ("apl",)),
        **dict.fromkeys(("anti personnel", "anti personnel mines", "antipersonnel", "antipersonnel mines"), ("apl",)),
        **dict.fromkeys(("av mine", "av mines", "avm", "at mine", "at mines", "atm"), ("anti-vehicle-mine",)),
        **dict.fromkeys(("anti tank mine", "anti tank mines", "antitank mine", "antitank mines"), ("anti-vehicle-mine",)),
        **dict.fromkeys(("ied", "ieds", "improvised mine", "improvised mines"), ("victim-activated-improvised-device",)),
        **dict.fromkeys(("boobytrap", "boobytraps", "booby traps"), ("booby_trap",)),
        **dict.fromkeys(("cluster bomb", "cluster bombs", "cluster munitions"), ("cluster_munition",)),
        **dict.fromkeys(("claymore", "command detonated mine"), ("command-detonated-munition",)),
    },
    "act": {
        **dict.fromkeys(("laid", "lay", "laying", "planted", "emplaced", "placed", "used", "using", "uses"), ("use",)),
        **dict.fromkeys(("stored", "stocked", "stock", "stockpiled", "stockpiling", "holding"), ("stockpile", "retain")),
        **dict.fromkeys(("kept", "keeps", "retained", "retaining"), ("retain", "stockpile")),
        **dict.fromkeys(("made", "manufactured", "manufacture", "produced", "producing", "production"), ("produce",)),
        **dict.fromkeys(("developed", "developing"), ("develop",)),
        **dict.fromkeys(("bought", "buy", "purchase", "purchased", "acquired"), ("acquire",)),
        **dict.fromkeys(("sold", "selling", "sale"), ("sell", "transfer")),
        **dict.fromkeys(("exported", "exporting"), ("export", "transfer")),
        **dict.fromkeys(("gave", "given", "supplied", "supply", "sent", "delivered", "transferred", "import", "imported"), ("transfer",)),
        **dict.fromkeys(("helped", "help", "assisted", "assistance", "supported"), ("assist",)),
        **dict.fromkeys(("destroyed", "destroying", "destruction"), ("destroy",)),
        **dict.fromkeys(("cleared", "clearing", "clearance", "demined", "demining", "removed"), ("clear",)),
        **dict.fromkeys(("marked", "marking", "fenced"), ("mark",)),
        **dict.fromkeys(("reported", "reporting"), ("report",)),
    },
    "purpose": {
        **dict.fromkeys(("defensive", "defend", "defending"), ("defence",)),
        **dict.fromkeys(("demining", "clearing"), ("removal",)),
    },
}


def everyday(field: str, word: str) -> tuple[str, ...]:
    """The words that somebody may mean who writes this one; empty where nothing is known of it."""
    return HINTS.get(field, {}).get(" ".join(word.casefold().replace("-", " ").replace("_", " ").split()), ())
