"""A page from its template: no script, nothing fetched. What was said is text from outside, and is escaped here."""

from importlib.resources import files


def filled(package: str, template: str, **given: object) -> str:
    """The page that is `template` in `package`, with what is `given` in it. What the template wants and is not given
    is a fault of ours, and raises."""
    from jinja2 import Environment, StrictUndefined

    text = files(package).joinpath(template).read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(text).render(**given)
