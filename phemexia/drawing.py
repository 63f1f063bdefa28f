"""Plain SVG for the documents' diagrams: an area with two axes. The same figures make the same file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 900, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 20, 48, 60
COLOURS = ("#1f4e79", "#2e7d6b", "#b7791f", "#8c3b4a", "#5b4b8a", "#4a7a2c", "#a0522d", "#47617a")
INK, FAINT = "#1b1f24", "#d0d7de"

Point = tuple[float, float]


@dataclass
class Diagram:
    """A diagram whose axes begin at 0; points are given in the axes' own units."""

    title: str
    across: str
    upwards: str
    most_across: float
    most_upwards: float
    parts: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Where on the page a value of the horizontal axis is."""
        return LEFT + value / self.most_across * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where on the page a value of the vertical axis is."""
        return HEIGHT - BOTTOM - value / self.most_upwards * (HEIGHT - TOP - BOTTOM)

    def area(self, points: Sequence[Point], colour: str, opacity: float = 1) -> None:
        """A filled polygon."""
        self.parts.append(f'<polygon points="{self._path(points)}" fill="{colour}" fill-opacity="{opacity:g}"/>')

    def line(self, points: Sequence[Point], colour: str = INK, width: float = 2) -> None:
        """A line through points."""
        self.parts.append(
            f'<polyline points="{self._path(points)}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
        )

    def text(self, at: Point, words: str, anchor: str = "middle", size: int = 13, colour: str = INK) -> None:
        """Words at a place given in the axes' units."""
        self._say(self.x(at[0]), self.y(at[1]), words, anchor, size, colour)

    def across_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Marks under the horizontal axis."""
        for value, words in ticks:
            x = self.x(value)
            self._rule(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5, INK)
            self._say(x, HEIGHT - BOTTOM + 20, words)

    def upwards_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Marks left of the vertical axis, with faint rules across."""
        for value, words in ticks:
            y = self.y(value)
            self._rule(LEFT, y, WIDTH - RIGHT, y, FAINT)
            self._say(LEFT - 8, y + 4, words, "end")

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """Names and their colours, in the upper left corner."""
        for i, (words, colour) in enumerate(entries):
            y = TOP + 8 + 18 * i
            self.parts.append(f'<rect x="{LEFT + 14}" y="{y}" width="12" height="12" fill="{colour}"/>')
            self._say(LEFT + 32, y + 11, words, "start")

    def svg(self) -> str:
        """The whole file."""
        self._rule(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, INK)
        self._rule(LEFT, TOP, LEFT, HEIGHT - BOTTOM, INK)
        self._say(WIDTH / 2, 24, self.title, "middle", 16)
        self._say((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, self.across)
        self._say(LEFT, TOP - 10, self.upwards, "start")
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="system-ui, sans-serif">'
        )
        body = [
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        ]
        return "\n".join([head, *body, *self.parts, "</svg>"]) + "\n"

    def _path(self, points: Sequence[Point]) -> str:
        return " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)

    def _rule(self, x1: float, y1: float, x2: float, y2: float, colour: str) -> None:
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>')

    def _say(
        self, x: float, y: float, words: str, anchor: str = "middle", size: int = 13, colour: str = INK
    ) -> None:
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">'
            f"{escape(words)}</text>"
        )
