"""Metadata and picture, made on chain from the record, without a pointer that somebody could change."""

import base64
import json
import xml.etree.ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"


def _metadata(uri):
    kind, _, payload = uri.partition(",")
    assert kind == "data:application/json;base64"
    return json.loads(base64.b64decode(payload))


def _picture(metadata):
    kind, _, payload = metadata["image"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    return ET.fromstring(base64.b64decode(payload))


def _traits(metadata):
    return {item["trait_type"]: item["value"] for item in metadata["attributes"]}


@pytest.fixture
def write(soul_pass, pass_id):
    def run(kind, value):
        name = kind.encode().ljust(32, b"\0")
        soul_pass.write(name, pass_id, value, sender=soul_pass.kindOf(name)["writer"])

    return run


@pytest.fixture
def draw(art, chain):
    """``draw(xpt=, shovels=, ...)``: metadata of a pass that has these figures."""

    def run(**figures):
        portrait = {
            "id": 7,
            "since": chain.timestamp,
            "revoked": False,
            "xpt": 0,
            "shovels": 0,
            "contribution": 0,
            "governance": 0,
            "credit": 0,
        }
        return _metadata(art.tokenURI(tuple((portrait | figures).values())))

    return run


def test_token_uri_of_a_new_pass(soul_pass, chain, pass_id):
    metadata = _metadata(soul_pass.tokenURI(pass_id))
    assert metadata["name"] == "Phemex Soul Pass #1"
    assert metadata["description"]
    assert _traits(metadata) == {
        "Rank": "Spark",
        "Level": 1,
        "xPT": 0.0,
        "Golden Soul Shovels": 0,
        "Contribution": 0,
        "Ballots": 0,
        "Credit": 0,
        "Held since": chain.timestamp,
        "Status": "In good standing",
    }


def test_token_uri_shows_the_record(soul_pass, pass_id, write):
    for kind, value in {
        "xPT": 12_345_067 * 10**15,
        "shovel": 2,
        "contribution": 3,
        "governance": 4,
        "credit": 700,
    }.items():
        write(kind, value)
    traits = _traits(_metadata(soul_pass.tokenURI(pass_id)))
    assert traits["xPT"] == 12_345.06
    assert (traits["Golden Soul Shovels"], traits["Contribution"], traits["Ballots"], traits["Credit"]) == (
        2,
        3,
        4,
        700,
    )
    assert (traits["Level"], traits["Rank"]) == (4, "Lantern")


def test_token_uri_shows_a_revocation(soul_pass, pass_id, issuer):
    before = soul_pass.tokenURI(pass_id)
    soul_pass.revoke(pass_id, 1, sender=issuer)
    assert _traits(_metadata(soul_pass.tokenURI(pass_id)))["Status"] == "Revoked"
    soul_pass.reinstate(pass_id, sender=issuer)
    assert soul_pass.tokenURI(pass_id) == before


@pytest.mark.parametrize(
    ("standing", "level"),
    [(0, 1), (199, 1), (200, 2), (1_999, 2), (2_000, 3), (9_999, 3), (10_000, 4), (49_999, 4), (50_000, 5),
     (199_999, 5), (200_000, 6), (999_999, 6), (1_000_000, 7)],
)  # fmt: skip
def test_token_uri_levels(draw, standing, level):
    assert _traits(draw(xpt=standing * 10**18))["Level"] == level
    assert _traits(draw(xpt=standing * 10**18 + 10**18 - 1))["Level"] == level


def test_token_uri_level_counts_contributions_and_ballots(draw):
    assert _traits(draw(xpt=100 * 10**18, contribution=3, governance=4))["Level"] == 3  # 100 + 1,500 + 400
    assert _traits(draw(xpt=99 * 10**18, contribution=3, governance=4))["Level"] == 2


@pytest.mark.parametrize(("xpt", "alight"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (2**23, 24), (2**40, 24)])
def test_token_uri_lights_an_arc_for_each_doubling(draw, xpt, alight):
    dashes = [c.get("stroke-dasharray", "") for c in _picture(draw(xpt=xpt * 10**18)).iter(f"{SVG}circle")]
    lit = [dash for dash in dashes if dash.endswith("38 1200")]
    assert len(lit) == bool(alight)
    assert sum(dash.split().count("38") for dash in lit) == alight


@pytest.mark.parametrize(("figure", "most"), [("contribution", 24), ("governance", 48), ("shovels", 9)])
def test_token_uri_draws_one_thing_for_each(draw, figure, most):
    """Up to a limit, so that the picture does not grow for ever."""

    def shapes(count):
        return sum(1 for _ in _picture(draw(xpt=10**24, **{figure: count})).iter())

    for count in (1, 5, most - 1, most, most + 1, 10**30):
        assert shapes(count) - shapes(0) == min(count, most)


def test_token_uri_is_a_picture_that_needs_nothing_else(draw):
    """No script, style, text, filter or reference: it looks alike in every renderer."""
    most = 2**192 - 1
    metadata = draw(xpt=most, shovels=most, contribution=most // 1000, governance=most // 1000, credit=most)
    picture = _picture(metadata)
    assert picture.tag == f"{SVG}svg"
    names = {element.tag.removeprefix(SVG) for element in picture.iter()}
    assert names <= {"svg", "defs", "radialGradient", "stop", "rect", "g", "circle", "path"}
    assert not {
        key for element in picture.iter() for key in element.attrib if "href" in key or key.startswith("on")
    }
    assert len(metadata["image"]) < 24_000


def test_token_uri_of_the_largest_figures(soul_pass, pass_id, write):
    """Whatever a writer writes, the picture is drawn."""
    for kind in ("xPT", "shovel", "contribution", "governance", "credit"):
        write(kind, 2**192 - 1)
    assert _traits(_metadata(soul_pass.tokenURI(pass_id)))["Level"] == 7


def test_token_uri_differs_for_each_id(draw):
    assert len({draw(id=number)["image"] for number in range(1, 30)}) == 29


def test_contract_uri(soul_pass):
    """ERC-7572."""
    metadata = _metadata(soul_pass.contractURI())
    assert (metadata["name"], metadata["symbol"]) == ("Phemex Soul Pass", "PSP")
    assert _picture(metadata).tag == f"{SVG}svg"
