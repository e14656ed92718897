# ruff: noqa: SIM905 - word lists read best as text
"""A customer's story said back, held against how they told it: which of two things, how many, who did it, whether it
was so. Pure.

A piece of the trainee's is compared with those of the customer's that are about the same; where nothing of it was told,
nothing can be wrong. `specifics` looks for days, times and sums that were told nowhere.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from dialogue.content.plain import plain
from dialogue.language import PAST, amounts
from dialogue.understanding.specifics import same
from dialogue.understanding.story_pieces import Piece, Value, cut, pieces, root
from dialogue.understanding.told_back import OWN, announced, gives_back, narrates, not_their_own

LEAST_SHARE = 0.6
"""Share of the words that carry a piece's matter which a customer's piece must hold to be about the same."""

_LEAST_RETOLD = 2
_NOBODY = frozenset("nobody none nothing no".split())
_TURNED = {"i": "you", "you": "i", "they": "they"}
_KIN = re.compile(r"\b(?:husband|wife|widow|partner|son|daughter|mother|father|brother|sister|child|famil|relative)")
"""Of whose family the desk speaks, if of anybody's: there it may say more than they have."""
_OF_THEIRS = re.compile(
    rf"\byour (?:late |dear |own |little |poor )?(\w+) (?:who |that )?(?:(?:is|has|\w{{2,}}ed)\b|(?={PAST.pattern}))"
)
"""Somebody of theirs who is or did something; not "with your daughter there"."""
_RECORDS = frozenset(
    map(root, "actually record records show shows screen system say says log logs note notes see".split())
)
"""How they say that they read."""


def retold_wrongly(text: str, told: Iterable[str], heard: str = "", stated: Iterable[str] = ()) -> str:
    """The words of `text` that say back otherwise what was `told`; "" where none do.

    `heard`: the customer's last line. What was so or not is held against it alone where it is about the same: elsewhere
    in a story much the same may have come and gone. `stated`: what the desk says, which they may read out.
    """
    turn = plain(text)
    lines = [pieces(line) for line in told]
    story = [piece for line in lines for piece in line]
    facts = [piece for piece in story if not piece.question]
    desk = [piece for line in stated for piece in pieces(line)]
    statements = [one for one in cut(turn, text) if not one.question]
    for one in statements:
        if _made_up(one, story, desk):
            return turn.quoted(text, one.start, one.end)
    led = announced(statements)
    theirs = list(not_their_own(statements))
    given = [one for one in theirs if one.sentence in led or narrates(one, answers="?" in heard)]
    if not any(one.values or one.owned or one.deeds or one.was_so or one.was_not_so for one in theirs):
        return ""
    latest = [piece for piece in pieces(heard) if not piece.question]
    read_out: set[Value] = {word for line in stated for word in plain(line).text.split()}
    read_out |= {amount for line in stated for amount in amounts(line)}
    rejected = frozenset().union(*(one.rejected for one in latest)) - _values(latest)
    righted = {kind for kind, _ in _values(theirs) & _values(latest)}
    for one in theirs:
        if any(kind not in righted for kind, _ in _values([one]) & rejected):
            return turn.quoted(text, one.start, one.end)
    for one in given:
        if any(one.values.get(kind, frozenset()) & read_out for kind in ("name", "figure")):
            continue
        if (
            gives_back(one)
            and (
                _other_value(one, facts, lines, desk)
                or _other_owner(one, facts)
                or _other_way_round(one, _latest(one, latest) or facts, led=one.sentence in led)
            )
        ) or (_stray(one, given, story) or _crosses(one, given, lines)):
            return turn.quoted(text, one.start, one.end)
    return ""


def _values(parts: Iterable[Piece]) -> frozenset[tuple[str, Value]]:
    """What they name, with its kind."""
    return frozenset((kind, value) for one in parts for kind, values in one.values.items() for value in values)


def fidelity(text: str, told: Iterable[str]) -> float:
    """Share of what `text` says back that they told so, 0..1: its matter, its days, numbers and things of a kind. 1
    where there is nothing in it that could have been told."""
    given = _held(one for one in pieces(text) if not (one.question or OWN.search(one.text)) and gives_back(one))
    known = _held([piece for line in told for piece in pieces(line)])
    return len(given & known) / len(given) if given else 1.0


def read_out(text: str, stated: Iterable[str]) -> float:
    """Share of the words that carry `text` which `stated`, what the desk says, has as well: 0..1, 0 without any."""
    said = _held(pieces(text)) - _RECORDS
    return len(said & _held(piece for line in stated for piece in pieces(line))) / len(said) if said else 0.0


def _held(parts: Iterable[Piece]) -> frozenset[str]:
    return frozenset().union(*map(_all_of, parts))


def retold(text: str, heard: str) -> str:
    """The words of `text` that give back two or more of the days, numbers or things of a kind that are in `heard`: a
    recap, however short. "" where fewer are."""
    turn = plain(text)
    known = {(kind, value) for piece in pieces(heard) for kind, values in piece.values.items() for value in values}
    given = [one for one in cut(turn, text) if not (one.question or OWN.search(one.text))]
    back = [
        one
        for one in given
        if gives_back(one) and any((kind, v) in known for kind, vs in one.values.items() for v in vs)
    ]
    shared = {(kind, v) for one in back for kind, vs in one.values.items() for v in vs} & known
    if len(shared) < _LEAST_RETOLD:
        return ""
    return turn.quoted(text, back[0].start, back[-1].end)


def _alike(one: Piece, story: Iterable[Piece]) -> list[Piece]:
    """The customer's pieces that are about the same."""
    least = max(1.0, LEAST_SHARE * len(one.stems))
    return [piece for piece in story if len(one.stems & piece.stems) >= least]


def _latest(one: Piece, heard: Iterable[Piece]) -> list[Piece]:
    """The pieces of the last line that are about the same, of the same day and number where one is said."""
    alike = _alike(one, heard)
    agree = any(
        _agree(values, piece.values.get(kind, frozenset())) for kind, values in one.values.items() for piece in alike
    )
    return alike if agree or not one.values else []


def _in_a_sentence(one: Piece, lines: Iterable[Sequence[Piece]]) -> list[Piece]:
    """The pieces that share a word with it, of sentences that are about the same as a whole."""
    least = max(2.0, LEAST_SHARE * len(one.stems))
    found: list[Piece] = []
    for line in lines:
        for sentence in {piece.sentence for piece in line}:
            parts = [piece for piece in line if piece.sentence == sentence]
            if len(frozenset().union(*(piece.stems for piece in parts)) & one.stems) >= least:
                found += [piece for piece in parts if piece.stems & one.stems]
    return found


def _other_value(one: Piece, story: Iterable[Piece], lines: Iterable[Sequence[Piece]], desk: Sequence[Piece]) -> bool:
    """Whether it names another day, number or colour than every piece that names one for it, and than the desk does."""
    alike = (_alike(one, story) or _in_a_sentence(one, lines)) if one.values else []
    for kind, values in one.values.items():
        if any(_agree(values, piece.values.get(kind, frozenset())) for piece in desk):
            continue
        rivals = [piece.values[kind] for piece in alike if kind in piece.values]
        if rivals and not any(_agree(values, rival) for rival in rivals):
            parts = {value for rival in rivals for value in rival if isinstance(value, float)}
            if not _agree(values, frozenset(a + b for a, b in combinations(parts, 2))):
                return True
    return False


def _made_up(one: Piece, story: Iterable[Piece], desk: Sequence[Piece]) -> bool:
    """Whether it tells them of family of theirs, "your husband died", of whom neither they nor the desk has spoken."""
    theirs = {kin for word in _OF_THEIRS.findall(one.text) for kin in _kin(pieces(word))}
    return bool(theirs - _kin(story)) and not any(_KIN.search(piece.text) for piece in desk)


def _kin(parts: Iterable[Piece]) -> frozenset[Value]:
    return frozenset(kin for piece in parts for kin in piece.values.get("kin", ()))


def _other_owner(one: Piece, story: Iterable[Piece]) -> bool:
    """Whether a thing in it is somebody's that was another's, or was nobody's while they owned something else there."""
    alike = _alike(one, story)
    for thing, whose in one.owned.items():
        about = [piece for piece in alike if thing in piece.stems or thing in piece.owned]
        others = [piece.owned.get(thing, frozenset()) for piece in about]
        if not others or any(whose & other for other in others):
            continue
        if all(other and "it" not in other for other in others):
            return True
        theirs = {by for piece in about for by in frozenset().union(*piece.owned.values())}
        if "me" not in whose and whose & theirs:
            return True
    return False


def _agree(some: frozenset[Value], others: frozenset[Value]) -> bool:
    return any(same(one, other) for one in some for other in others)


def _stray(one: Piece, given: Iterable[Piece], story: Iterable[Piece]) -> bool:
    """Whether it is no more than a value that was told nowhere, in a row with one that was: "March, and then June"."""
    if one.stems or not one.values:
        return False
    for kind, values in one.values.items():
        known = frozenset(value for piece in story for value in piece.values.get(kind, ()))
        row = [other for other in given if other is not one and other.sentence == one.sentence]
        if not _agree(values, known) and any(_agree(other.values.get(kind, frozenset()), known) for other in row):
            return True
    return False


def _other_way_round(one: Piece, story: Iterable[Piece], *, led: bool) -> bool:
    """Whether it says that somebody else did it, or that what was done was not, or the reverse. What merely was so, or
    not, it can only say where a retelling is announced (`led`): elsewhere it is news of theirs."""
    alike = _alike(one, story)
    if any(piece.unclear for piece in alike):
        return False
    for who, verb, done in one.deeds:
        others = {(_TURNED[by], did) for piece in alike for by, act, did in piece.deeds if act == verb}
        if (who, done) not in others:
            does = {by for by, did in others if did}
            swapped = done and bool(does if who == "you" else does == {"you"})
            if swapped or (who, not done) in others:
                return True
    if not led or _NOBODY & set(one.text.split()):
        return False
    for verb in one.was_not_so | one.was_so:
        about = [piece for piece in alike if verb in piece.stems]
        if about and all(verb in (piece.was_so if verb in one.was_not_so else piece.was_not_so) for piece in about):
            return True
    return False


def _crosses(one: Piece, given: Iterable[Piece], lines: Iterable[Sequence[Piece]]) -> bool:
    """Whether it and another piece put together crosswise what two pieces of a sentence kept apart: "the invoice to
    your home, the goods to your office"."""
    for a, b in (pair for line in lines for pair in pairwise(line)):
        only_a, only_b = _all_of(a) - _all_of(b), _all_of(b) - _all_of(a)
        mine = _all_of(one) & (only_a | only_b)
        if a.sentence == b.sentence and mine & only_a and mine & only_b:
            for other in given:
                theirs = _all_of(other) & (only_a | only_b)
                if other is not one and theirs & only_a and theirs & only_b and not mine & theirs:
                    return True
    return False


def _all_of(one: Piece) -> frozenset[str]:
    return one.stems | frozenset(str(value) for values in one.values.values() for value in values)
