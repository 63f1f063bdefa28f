"""The picture in docs/ is that of the configuration."""

from xml.etree import ElementTree

from phemexia.config import load_premining
from phemexia.premining.picture import PICTURE, main, picture

from .conftest import figures


def test_picture_is_current():
    assert PICTURE.read_text(encoding="utf-8") == picture(load_premining()), "python -m phemexia.premining.picture"


def test_picture_of_other_figures(tmp_path):
    drawn = ElementTree.fromstring(picture(figures()))
    words = [element.text for element in drawn.iter() if element.tag.endswith("}text")]
    assert {"stage 1", "stage 2"} <= set(words)
    assert "stage 3" not in words


def test_picture_is_written(tmp_path):
    assert main(tmp_path / "a.svg") == 0
    assert (tmp_path / "a.svg").read_text() == PICTURE.read_text()
