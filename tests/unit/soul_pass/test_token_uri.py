"""Metadata without a pointer that somebody could change."""

import base64
import json


def test_token_uri_is_json_made_on_chain(soul_pass, pass_id):
    kind, _, payload = soul_pass.tokenURI(pass_id).partition(",")
    assert kind == "data:application/json;base64"
    metadata = json.loads(base64.b64decode(payload))
    assert metadata["name"] == "Phemex Soul Pass #1"
    assert metadata["description"]
