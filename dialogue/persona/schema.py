"""The JSON schema of a pack, for editors that check and complete while one writes.

`python -m dialogue.persona.schema` writes `personas/schema.json` anew from the models; a test keeps it current. A pack
whose first line is `# yaml-language-server: $schema=schema.json` is checked by editors with a YAML language server.
"""

import json
from typing import Any

from dialogue.persona.lines import REACTIONS
from dialogue.persona.loading import COMPUTED, PACKS
from dialogue.persona.pack import Pack

FILE = PACKS / "schema.json"


def schema() -> dict[str, Any]:
    """What `Pack` accepts, with the keys' meanings as descriptions; what is computed is left out."""
    made = Pack.model_json_schema(mode="validation")
    for key in COMPUTED:
        del made["properties"][key]
    made["properties"]["lines"]["propertyNames"] = {"enum": sorted(REACTIONS)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "A Coolhead scenario pack"}


def text() -> str:
    """The file's content."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(FILE)
