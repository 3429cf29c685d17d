"""One self-model, asked again and again about one setting of the evidence at a time."""

import numpy as np
from jaxtyping import Float

from bayes_self.batch import BatchBeliefs, batch_beliefs, check
from bayes_self.few import beliefs_of_one, laid_out


class OneAtATime:
    """A prior and a profile, checked and laid out once; then called with one setting of the evidence after the other.

    It costs what plain NumPy costs, and certifies what it says; where it cannot, `batch_beliefs` answers.
    """

    def __init__(self, log_prior: Float[np.ndarray, " H"], profile: Float[np.ndarray, "H D V"]) -> None:
        """Take the logarithm of P(identity) in nats and P(value given identity), padded with 0.

        Raises:
            ValueError: a profile that is not made of probabilities, or a logarithm that is nan or +inf.

        """
        self._log_prior, self._profile = np.asarray(log_prior, dtype=float), np.asarray(profile, dtype=float)
        check(self._log_prior, self._profile)
        self._tables = laid_out(self._profile)

    def __call__(self, log_facets: Float[np.ndarray, "D V"]) -> BatchBeliefs:
        """Beliefs under log potentials of facet values (nats, -inf forbids), with a leading axis of length one.

        Raises:
            ValueError: a potential that is nan or +inf.

        """
        given = np.asarray(log_facets, dtype=float)
        (log_z, identities, facets), certain = beliefs_of_one(self._log_prior, self._tables, given)
        if certain:
            return BatchBeliefs(np.array([log_z]), identities[None], facets[None])
        return batch_beliefs(self._log_prior, self._profile, given[None])
