"""One source of words: every verdict, frame and kind of stream is explained in it, and a report ends with all of it."""

import html

from bayes_self.beliefs.posterior import TRAINING_ORDER
from bayes_self.model.frames import FRAMES
from bayes_self.page import render
from bayes_self.scenario.parts import VERDICTS
from bayes_self.words.glossary import WORDS

KINDS = {word.name: tuple(word.kinds) for word in WORDS}


def test_every_verdict_frame_and_kind_of_stream_is_explained():
    assert set(KINDS["verdict"]) == set(VERDICTS)
    assert set(KINDS["frame"]) == set(FRAMES)
    assert set(KINDS["stream"]) == set(TRAINING_ORDER)
    assert len(KINDS) == len(WORDS)


def test_a_report_explains_all_of_them():
    page = html.unescape(render((), "bayes-self report"))
    for word in WORDS:
        for says in (word.says, *word.kinds.values()):
            assert says in page
