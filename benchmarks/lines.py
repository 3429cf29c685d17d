"""The lines of the table: what is asked, how much of it, and who answers. The first of each line is ours."""

from dataclasses import dataclass

from benchmarks.problem import SIZES, Settings, Sizes, counts, potentials, priors, weights

CELLS = 2**22
"""Numbers in the answer of one call of a sweep: few enough for a laptop's memory."""

OF_THEIR_OWN = {"pymdp_contender": ("inferactively-pymdp>=1.0",)}
"""Contenders whose requirements conflict with ours, and what each needs: they run in an environment of their own."""


@dataclass(frozen=True)
class Line:
    """One question, asked of all contenders at several sizes."""

    key: str
    title: str
    asked: int
    """How many settings."""
    settings: Settings
    contenders: tuple[str, ...]
    """module:class, in `benchmarks.contenders`."""
    sizes: tuple[Sizes, ...] = SIZES
    in_chunks: bool = False
    """Whether settings are answered chunk by chunk, and answers thrown away, as no memory holds them all."""

    def chunk(self, sizes: Sizes) -> int:
        """How many settings are answered at once."""
        return min(max(CELLS // (sizes[1] * sizes[2]), 2**11), 2**16) if self.in_chunks else self.asked


SINGLE = Line(
    "single",
    "Single posterior",
    1_000,
    potentials,
    (
        "bayes_self_contender:Single",
        "numpy_contender:Single",
        "numba_contender:OneAtATime",
        "c_contender:OneAtATime",
        "jax_contender:OneAtATime",
        "numpyro_contender:OneAtATime",
        "numpyro_contender:SiteForEachFacet",
        "memo_contender:OneAtATime",
        "memo_contender:Natural",
        "pymdp_contender:OneAtATime",
        "pymdp_contender:MeanField",
        "pyagrum_contender:ShaferShenoy",
        "pgmpy_contender:CliqueTree",
        "pgmpy_contender:VirtualEvidence",
    ),
)
BATCH = Line(
    "batch",
    "Batch of 10,000",
    10_000,
    potentials,
    (
        "bayes_self_contender:Batch",
        "c_contender:Kernel",
        "c_contender:Given",
        "numba_contender:Loop",
        "numpy_contender:Batch",
        "numpy_contender:Natural",
        "jax_contender:Plain",
        "jax_contender:ByHand",
        "numpyro_contender:Enumeration",
        "memo_contender:FactoredByHand",
        "pymdp_contender:OneFactor",
        "pyagrum_contender:ShaferShenoy",
        "pgmpy_contender:CliqueTree",
    ),
)
SWEEP = Line(
    "sweep",
    "Sweep of 10⁶ points over the weights of two streams",
    1_000_000,
    weights,
    (
        "bayes_self_contender:OverWeights",
        "c_contender:OverWeights",
        "numba_contender:OverWeights",
        "numpy_contender:OverWeights",
        "jax_contender:OverWeights",
        "numpyro_contender:OverWeights",
        "pyagrum_contender:OverWeights",
        "pgmpy_contender:OverWeights",
    ),
    in_chunks=True,
)
PRIORS = Line(
    "priors",
    "Sweep of 10⁶ points over the prior alone",
    1_000_000,
    priors,
    (
        "bayes_self_contender:OverPriors",
        "numpy_contender:OverPriors",
        "jax_contender:OverPriors",
        "jax_contender:OverPriorsByHand",
        "numpyro_contender:OverPriors",
        "pyagrum_contender:OverPriors",
    ),
    in_chunks=True,
)
GRADIENT = Line(
    "gradient",
    "Gradient of log evidence by prior and potentials, 1,000 at once",
    1_000,
    potentials,
    (
        "bayes_self_contender:Batch",
        "bayes_self_contender:Differentiated",
        "c_contender:Kernel",
        "numba_contender:Loop",
        "numpy_contender:Batch",
        "jax_contender:Plain",
        "jax_contender:ByHand",
        "numpyro_contender:Enumeration",
    ),
)
SPECTRUM = Line(
    "spectrum",
    "Landscape spectrum at 64 facets",
    100,
    counts,
    (
        "bayes_self_contender:Spectrum",
        "numpy_contender:Spectrum",
        "jax_contender:Spectrum",
        "pyagrum_contender:Spectrum",
    ),
    sizes=((16, 64, 3), (64, 64, 4)),
)

LINES = {line.key: line for line in (SINGLE, BATCH, SWEEP, PRIORS, GRADIENT, SPECTRUM)}
