"""Labels and lines as pictures write them."""

import itertools

from bayes_self.plots.drawing.lettering import spread, width_of, wrapped


def test_labels_are_moved_apart_and_keep_their_order():
    wanted, heights = [0.0, 0.0, 1.0, 50.0, 99.0, 100.0], [10.0, 10.0, 20.0, 10.0, 10.0, 10.0]
    places = spread(wanted, heights, 0.0, 100.0)
    edges = sorted((p - h / 2, p + h / 2) for p, h in zip(places, heights, strict=True))
    assert all(below[1] <= above[0] + 1e-9 for below, above in itertools.pairwise(edges))
    assert edges[0][0] >= 0
    assert edges[-1][1] <= 100
    assert places[0] > places[1]
    assert places[3] == 50


def test_lines_are_broken_at_spaces_and_only_long_words_are_cut():
    text = wrapped("a language model called Donaudampfschifffahrtsgesellschaft", 60.0, 8.0)
    assert text.replace("\n", "").replace(" ", "") == "alanguagemodelcalledDonaudampfschifffahrtsgesellschaft"
    assert all(width_of(line, 8.0) <= 60 for line in text.split("\n"))
