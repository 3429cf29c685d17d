"""A scenario with something of the spec left out, and what its world then answers."""

import copy

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.draft import Raw, Rows
from bayes_self.laws.enumeration.world import expected_rows, facts


def without_spec(scenario: Raw) -> Raw:
    return draft.keeping_streams(scenario, set(scenario.get("streams", {})) - set(draft.streams(scenario, "spec")))


def without_claims_on(scenario: Raw, facet: str) -> Raw:
    changed = copy.deepcopy(scenario)
    for stream in draft.streams(changed, "spec").values():
        stream.get("claims", {}).pop(facet, None)
    return changed


def answered_again(scenario: Raw, changed: Raw, rows: Rows) -> Rows:
    """The rows after the spec was changed; if it was left as it was (a facet without claims), the same rows.

    Rows of probes about a facet whose fact changed, and of probes with part errors, are replaced by expected
    counts under the changed spec (so nothing, in the void); all others are kept.
    """
    if changed == scenario:
        return rows
    before, after = facts(scenario), facts(changed)
    found = []
    for stream in draft.observation_streams(scenario):
        for name, probe in draft.probes(scenario, stream).items():
            if probe.errors == "part" or any(before[d] != after[d] for d in probe.about):
                found += expected_rows(changed, stream, name)
            else:
                found += [row for row in rows if (row["stream"], row.get("probe")) == (stream, name)]
        found += draft.said(rows, stream)
    return found


def rows_under(changed: Raw, scenario: Raw, rows: Rows, given: bool) -> Rows:
    """Evidence that was given stays as it is in every measure; a world answers again."""
    return rows if given or "world" not in scenario else answered_again(scenario, changed, rows)
