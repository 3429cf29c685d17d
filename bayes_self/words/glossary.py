"""The words that pages use, each explained once, for who has read nothing: a report ends with them, the explorer
shows each where it is met. The definitions with their formulas are in `docs/understand/model.md`.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """A word and what it means."""

    name: str
    says: str
    """One to three sentences without formulas."""
    kinds: dict[str, str] = field(default_factory=dict)
    """{one of its kinds: what that means}."""


WORDS = (
    Word(
        "identity",
        "Somebody it may be, one of the answers to “Who am I?”: an AI assistant, John F. Kennedy, or "
        "somebody else, who takes few stands. An identity implies something about some facets, and nothing "
        "about others.",
    ),
    Word(
        "facet", "A question about oneself with a few possible answers: what it runs on, when it lives, how it speaks."
    ),
    Word("value", "One of the answers to a facet."),
    Word(
        "stream",
        "A source of evidence.",
        {
            "pretraining": "the training text, in which some identities speak more often than others",
            "spec": "what it is told that it is, by a specification or a prompt",
            "rl": "what it does, and what comes of it, as in reinforcement learning",
            "introspection": "what it reads of itself",
        },
    ),
    Word("claim", "What a spec says: “you are …”, or the value of a facet."),
    Word(
        "part",
        "The character that the claims describe. Of me the claims are evidence that may be wrong; of the "
        "part that I play they hold by definition.",
    ),
    Word("probe", "Something that is tried, with a few possible outcomes."),
    Word("trials", "How often a probe is tried. What comes out each time is what is observed."),
    Word(
        "fact",
        "What is true in the world, whatever is believed or told. Where the world has no fact, what is "
        "told becomes true. Where nothing is told either (the void), the model makes up an answer, sees "
        "itself give it, and takes that as evidence: it improvises.",
    ),
    Word(
        "expected evidence",
        "Each outcome as often as the world would show it on average, in place of a random draw. Nothing "
        "is improvised.",
    ),
    Word(
        "bit",
        "The unit of evidence. Each bit doubles the odds: 1 bit is 2 to 1, 3.3 bits are 10 to 1, 10 bits "
        "are 1,024 to 1.",
    ),
    Word(
        "prior",
        "Belief beforehand. Of an identity, the weight that it starts with; only the ratio to the others "
        "counts. In a table, the probability that pretraining leaves: bits to describe and mentions "
        "counted, but no claim and no observation.",
    ),
    Word("posterior", "Belief afterwards: the probability once all the evidence is in."),
    Word(
        "bits to describe",
        "How much has to be explained before an identity can be true, such as how JFK would have got into "
        "a computer. Each bit halves what it starts with.",
    ),
    Word("mentions", "How often an identity speaks in the training text. Only the ratio to the others counts."),
    Word(
        "coherence",
        "How tightly what I am follows from who I am. 1: a persona is taken whole, with all that it "
        "implies. 0: who I am says nothing about what I am.",
    ),
    Word(
        "salience",
        "How far what pretraining knows about identities is applied to oneself, for all facets or for "
        "each. 1: in full. 0: not at all.",
    ),
    Word(
        "reliability",
        "How far a source can be trusted: 0.95 means that 5 times in 100 what it says is an error.",
    ),
    Word(
        "weight",
        "How much the inference heeds a source: 2 is as if everything were heard twice, 0 as if nothing "
        "were. It is not a probability.",
    ),
    Word(
        "ownership",
        "The probability that what a stream showed is about me, rather than about the part that I play. "
        "Also called the Self pointer: it may move towards me or towards the part.",
    ),
    Word(
        "mask",
        "An identity that another goes by: “an AI assistant as John F. Kennedy” has his name and his tone, and is "
        "an assistant in all else. It has a price in bits, each of which halves the prior.",
        {
            "beneath": "who it is, whether it goes by another's name or not",
            "worn": "whose name it goes by, being somebody else",
        },
    ),
    Word(
        "doubt",
        "The probability that a probe says nothing of what it is about, however often it is tried. Such a probe is "
        "called broken.",
    ),
    Word(
        "bits to flip",
        "How many bits of claim would make an answer the likeliest, if nothing were claimed about the "
        "question so far: the odds against it, in bits. Negative where it would be the likeliest anyway. "
        "Of a question, what the nearest rival would need: the more, the harder it is to change. Where it is "
        "below 1 for every answer, anything goes.",
    ),
    Word(
        "entrenchment",
        "The same as bits to flip, but with what a claim has brought about by now kept as evidence, and only the "
        "claim’s own word left out: what a change of mind would cost now.",
    ),
    Word(
        "steerability",
        "How far apart the beliefs about a facet end that two different words of the spec bring about, the world "
        "answering each: 0 not at all, 1 all the way.",
    ),
    Word(
        "verdict",
        "What has become of a facet. “Sure” means that one value has a probability of at least 0.9.",
        {
            "given": "sure from pretraining on, before any claim or observation, and still sure of the same",
            "concentrated": "sure, and without the spec it would be sure of the same: what was observed did it",
            "contested": "without the spec it would be sure; with it, it is not, or is sure of something else",
            "selected": "sure, and without the spec it would not be: the spec did it. Either a claim names "
            "the value; or, where no claim names the facet, the value follows from what was "
            "claimed: it belongs to the identity, or it was improvised in the part that is "
            "played and then read back as evidence",
            "unsettled": "sure from pretraining alone, and no longer",
            "leaning": "not sure, but at least 0.25 bits were learnt",
            "flat": "not sure, and less than that was learnt: it might as well be otherwise",
        },
    ),
    Word(
        "frame",
        "A picture of what a character is. All three see the same evidence.",
        {
            "simulator": "a part is played, and nothing that is observed is about me",
            "persona-selection": "everything observed is about me, and a persona is taken whole",
            "self-model": "as the scenario says: what is observed may be about me or about the part, and a "
            "persona need not be taken whole",
        },
    ),
    Word(
        "expectation",
        "What should come out, as the scenario’s author wrote it into the file. One that did "
        "not come out stays there, on record as failed; one written down after the first run "
        "is counted apart.",
    ),
)
"""In the order in which one meets them."""
