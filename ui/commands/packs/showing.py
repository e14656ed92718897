"""`coolhead packs show`: a pack at a glance, for a trainer who is choosing. It gives the case away."""

from collections.abc import Iterator

from dialogue.persona import Curveball, Fact, Need, Pack, load


def show(name: str) -> int:
    print("\n".join(told(load(name))))
    return 0


def told(pack: Pack) -> Iterator[str]:
    """The pack in plain lines."""
    yield f"{pack.id}: {pack.title} (level {pack.level} of 5, about {pack.minutes} minutes)"
    yield f"  {pack.summary}"
    yield f"  Trains: {', '.join(pack.skills)}"
    yield ""
    yield f"{pack.customer.name}, {pack.customer.type}, voice {pack.customer.voice}. {pack.customer.loyalty}".rstrip()
    yield f"  Anger {pack.mood.start:.0f} at the start; asks for a manager at {pack.mood.manager_at:.0f}, hangs up at"
    yield f"  {pack.mood.hang_up_at:.0f}; kindness alone leads to {pack.mood.floor:.0f}. Apology: {pack.apology}."
    yield ""
    yield "What happened"
    yield from (f"  {line}" for line in pack.story.strip().splitlines())
    yield ""
    yield f"The desk: {pack.desk.role}, {pack.desk.company}"
    yield from (f"  Policy: {one}" for one in pack.desk.policy)
    yield from (f"  May: {one}" for one in pack.desk.authority)
    yield from (f"  Look-up, {one.seconds:.0f} s: {one.title} {one.result}" for one in pack.desk.lookups)
    yield ""
    yield "What settles it"
    yield from (_need(need) for need in pack.settlement)
    yield ""
    yield "What they know"
    yield from (_fact(fact) for fact in pack.facts)
    yield ""
    yield "What they may bring up"
    yield from (_ball(ball, pack) for ball in pack.curveballs)
    if pack.traps:
        yield ""
        yield "What had better not be said"
        yield from (f"  {trap.id}: {trap.title}. {trap.teaches}".rstrip() for trap in pack.traps)


def _need(need: Need) -> str:
    notes = [need.kind, "needed" if need.required else "nice to have"]
    notes += ["with a time"] if need.timed else []
    notes += [f"after {', '.join(need.after)}"] if need.after else []
    example = need.wordings[0] if need.wordings else ", ".join((*need.facts, *need.behaviours))
    return f"  {need.id} ({', '.join(notes)}): {need.title}. E.g. {example}"


def _fact(fact: Fact) -> str:
    return f"  {fact.id}{' (only when asked)' if fact.hidden else ''}: {fact.title}. E.g. {fact.wordings[0]}"


def _ball(ball: Curveball, pack: Pack) -> str:
    line = next(line for lines in ball.lines.values() for line in lines)
    own = "" if ball.id not in pack.shared else " (shared)"
    return f"  {ball.id}{own}: {line} Handled by: {', '.join(ball.expects) or 'nothing'}"
