"""What the sums of many settings are about: their potentials, what is the same in all, and which facets are alike."""

from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray
from bayes_self.model.potentials import Heard


class Settings(NamedTuple):
    """`Potentials` of many settings, which lie along the last axis (N); of length one for what is the same for all."""

    log_prior: Float[AnyArray, "J #N"]
    profile: Float[AnyArray, "J D V #N"]
    claimed_identities: Float[AnyArray, "J #N"]
    claimed_facets: Float[AnyArray, "D V #N"]
    allowed_identities: Float[AnyArray, "H #N"]
    allowed_facets: Float[AnyArray, "D V #N"]
    ownership: Float[AnyArray, "S #N"]
    observed: Float[AnyArray, "S D V #N"]
    heard: Heard | None
    observed_jointly: tuple[Float[AnyArray, "..."], ...]
    common: Float[AnyArray, " #N"]
    fixed: "Fixed"


class Fixed(NamedTuple):
    """What no setting changes: positions, which decide the order of summation."""

    scopes: tuple[tuple[int, ...], ...]
    """The facets of each joint probe."""
    streams: tuple[int, ...]
    """The stream of each joint probe."""
    beneath: tuple[int, ...]
    """The identity beneath each self-model."""
    covered: tuple[int, ...]
    """The facets on which a mask may show. On all others only identities are summed over, as many as there are."""

    @property
    def is_beneath(self) -> Float[np.ndarray, "J H"]:
        """1 where an identity is beneath a self-model."""
        return np.eye(max(self.beneath) + 1)[list(self.beneath)]


class Kind(NamedTuple):
    """Facets that are summed alike: those on which masks may show over all self-models, the others over identities."""

    facets: np.ndarray
    shows: bool

    def profile(self, given: Settings, written: bool = False) -> Float[AnyArray, "K D V #N"]:
        """P(value given self-model, or given identity)."""
        n = given.allowed_identities.shape[0]
        return given.profile[: None if self.shows and not written else n]

    def each(self, of: Float[AnyArray, "M K #N"], given: Settings, written: bool = False) -> AnyArray:
        """What holds of identities, or of self-models, for every self-model (of the part: for every identity)."""
        return of if self.shows or written else of[:, np.array(given.fixed.beneath)]

    def shares(self, identities: Float[AnyArray, "M J #N"], given: Settings) -> AnyArray:
        """P(self-model), added up over those with the same identity beneath where masks do not show."""
        return identities if self.shows else jnp.einsum("mjn,jh->mhn", identities, given.fixed.is_beneath)
