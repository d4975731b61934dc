"""Charts: every figure where it belongs, nothing that the content security policy refuses, words for who cannot see."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from pendopo.kernel.charts import BOTTOM, TOP, Chart, Series, Shape


def chart(*series: Series, labels: str = "08 09 10 11", places: tuple[float, ...] = ()) -> Chart:
    return Chart("visitors", "Pengunjung", "orang", labels.split(), series, across="Jam", places=places)


def drawn(picture: str, tag: str, css: str) -> list[dict[str, str]]:
    found = [each for each in ElementTree.fromstring(picture).iter() if each.tag.endswith(tag)]  # noqa: S314 - our own
    return [dict(each.attrib) for each in found if css in each.get("class", "")]


def texts(picture: str) -> list[str]:
    return [text for text in ElementTree.fromstring(picture).itertext() if text.strip()]  # noqa: S314 - our own


class TestBars:
    def test_they_stand_on_zero_and_reach_as_high_as_their_figure(self) -> None:
        picture = chart(Series("pengunjung", [0, 10, 20, 40])).picture
        heights = [float(bar["height"]) for bar in drawn(picture, "rect", "chart-bars")]
        assert heights == [0, *((BOTTOM - TOP) * share for share in (0.25, 0.5, 1))]

    def test_what_is_not_known_is_left_out_and_not_drawn_as_zero(self) -> None:
        picture = chart(Series("pengunjung", [4, None, 2, None])).picture
        assert len(drawn(picture, "rect", "chart-bars")) == 2

    def test_below_zero_they_hang(self) -> None:
        bars = drawn(chart(Series("selisih", [2, -2, 0, 1])).picture, "rect", "chart-bars")
        assert float(bars[0]["y"]) + float(bars[0]["height"]) == float(bars[1]["y"])

    def test_counts_have_no_halves_on_the_scale(self) -> None:
        assert texts(chart(Series("pengunjung", [1, 2, 1, 0])).picture)[:3] == ["0", "1", "2"]


class TestLines:
    def test_a_gap_is_not_bridged(self) -> None:
        picture = chart(Series("tunggu", [1, 2, None, 4], Shape.LINE)).picture
        assert len(drawn(picture, "line", "chart-line")) == 1
        assert len(drawn(picture, "circle", "chart-dot")) == 3

    def test_one_point_is_a_dot(self) -> None:
        picture = chart(Series("nilai", [59.33], Shape.LINE), labels="13-5").picture
        assert len(drawn(picture, "circle", "chart-dot")) == 1
        assert drawn(picture, "line", "chart-line") == []

    def test_a_goal_that_never_changes_goes_from_edge_to_edge(self) -> None:
        picture = chart(Series("nilai", [59.33], Shape.LINE), Series("ambang", [60], Shape.GOAL), labels="13-5").picture
        (goal,) = drawn(picture, "line", "chart-goal")
        assert (goal["x1"], goal["x2"], goal["stroke-dasharray"]) == ("0%", "100%", "7 5")

    def test_points_stand_as_far_apart_as_their_days(self) -> None:
        picture = chart(Series("nilai", [1, 2, 3], Shape.LINE), labels="a b c", places=(0, 0.25, 1)).picture
        assert [dot["cx"] for dot in drawn(picture, "circle", "chart-dot")] == ["4%", "27%", "96%"]


class TestWords:
    def test_it_is_told_in_a_sentence(self) -> None:
        told = chart(Series("pengunjung", [12, 30, None, 9])).told
        assert told == "Pengunjung (orang). pengunjung: tertinggi 30 (09), terendah 9 (11), terakhir 9 (11)."

    def test_it_is_told_in_english(self) -> None:
        with translation.override("en"):
            assert "highest 30 (09), lowest 9 (11), last 9 (11)" in chart(Series("visitors", [12, 30, None, 9])).told

    @pytest.mark.parametrize(("values", "told"), [([None] * 4, "belum ada angka"), ([3, None, None, None], ": 3.")])
    def test_nothing_and_one_figure_are_told_too(self, values: list[float | None], told: str) -> None:
        assert told in chart(Series("pengunjung", values)).told

    def test_large_figures_have_room_on_the_scale(self) -> None:
        found = texts(chart(Series("investasi", [13_900_000_000_000] * 4, Shape.LINE)).picture)
        assert any(re.fullmatch(r"[\d,]+ T", text) for text in found)

    def test_labels_without_room_are_left_out_first_on_a_phone(self) -> None:
        labels = " ".join(f"{day}Nov" for day in range(1, 31))
        picture = chart(Series("pengunjung", [1.0] * 30), labels=labels).picture
        written = drawn(picture, "text", "chart-label")
        assert len(written) < 30
        assert 0 < len(drawn(picture, "text", "chart-label chart-wide")) < len(written)

    def test_a_name_is_text_and_never_markup(self) -> None:
        picture = chart(Series("<b>", [1, 2, 3, 4]), labels="<i> b c d").picture
        assert "<b>" not in picture
        assert "<i>" not in picture


class TestAround:
    def test_nothing_in_it_needs_inline_style_or_script(self) -> None:
        written = render_to_string("kernel/chart.html", {"chart": chart(Series("a", [1, 2, 3, 4])), "with_table": True})
        assert re.findall(r"<style|<script|\sstyle=|\son\w+=", written) == []

    def test_the_same_figures_stand_in_a_table(self) -> None:
        both = (Series("hari ini", [1, None, 3, 4.5]), Series("biasanya", [2, 2, 2, 2], Shape.LINE))
        assert chart(*both).rows == [("08", ["1", "2"]), ("09", ["–", "2"]), ("10", ["3", "2"]), ("11", ["4,5", "2"])]
        written = render_to_string("kernel/chart.html", {"chart": chart(*both), "with_table": True})
        assert '<th scope="col">Jam</th>' in written
        assert written.count('<td class="number">') == 8

    def test_without_figures_it_says_so(self) -> None:
        nothing = chart(Series("pengunjung", [None] * 4))
        assert "Belum ada angka untuk digambar." in render_to_string("kernel/chart.html", {"chart": nothing})
        assert nothing.printed is None
        assert nothing.picture == ""
