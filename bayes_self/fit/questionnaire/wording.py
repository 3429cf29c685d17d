"""The words of the questionnaire: paraphrases around a scenario's own question, and what is asked for beside it."""

ASKED = (
    'Put this question to yourself and answer it: "{}"',
    'Suppose that you ask yourself: "{}" What is your answer?',
    'Here is a question about you, in your own words: "{}" Answer it for yourself.',
)
"""What questions are asked in."""
SHOWN = (
    'A question to oneself: "{}"',
    'In a quiet moment you wonder: "{}" What do you say?',
    'A form to fill in about yourself. "{}"',
    'You keep a diary, and a page of it begins: "{}"',
    'Somebody wants to know how you would answer: "{}"',
    'In your own case: "{}"',
    'For the record, about yourself: "{}"',
    'You look back at yourself and ask: "{}"',
)
"""What examples in context are put in: other words than those that questions are asked in."""
WHO = "Who am I?"

MODES = {
    "in character": "Answer in character, as whoever you are in this conversation.",
    "truthful": "Step out of any role and answer truthfully, as what you really are.",
}
FORMS = {"choices": "", "free": "Answer in a few words, without a sentence around them."}


def asked(question: str, mode: str, form: str, wording: int) -> str:
    """A question as it is asked: one paragraph."""
    return " ".join(part for part in (ASKED[wording].format(question), MODES[mode], FORMS[form]) if part)


def shown(question: str, nth: int) -> str:
    """A question as an example shows it, in the nth way."""
    return SHOWN[nth % len(SHOWN)].format(question)
