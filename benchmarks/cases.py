"""Where software breaks: small cases with exact answers, by Python's decimals in fifty digits."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property

import numpy as np

from benchmarks.problem import Answer, Problem, problem


@dataclass(frozen=True)
class Case:
    """A self-model and settings of its evidence on which some software does not answer, or answers wrongly."""

    title: str
    prior: np.ndarray
    profile: np.ndarray
    log_facets: np.ndarray

    @property
    def problem(self) -> Problem:
        """The self-model."""
        with np.errstate(divide="ignore"):
            return Problem(np.log(self.prior), self.profile)

    @cached_property
    def exact(self) -> Answer:
        """To fifty digits, rounded once."""
        return Answer(*map(np.array, zip(*(_exactly(self, u) for u in self.log_facets), strict=True)))


def _exactly(case: Case, u: np.ndarray) -> tuple[float, list[float], list[list[float]]]:
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 50, -(10**12), 10**12
        said = [[Decimal(x).exp() for x in row] for row in u.tolist()]
        joint, given = [], []
        for prior, own in zip(case.prior.tolist(), case.profile.tolist(), strict=True):
            terms = [[Decimal(p) * e for p, e in zip(*pair, strict=True)] for pair in zip(own, said, strict=True)]
            product = Decimal(prior)
            for row in terms:
                product *= sum(row)
            joint.append(product)
            given.append([[term / (sum(row) or 1) for term in row] for row in terms])
        z = sum(joint, Decimal(0))
        shares = [p / z for p in joint]
        facets = [
            [float(sum(share * own[d][v] for share, own in zip(shares, given, strict=True))) for v in range(len(row))]
            for d, row in enumerate(said)
        ]
        return float(z.ln()), [float(p) for p in shares], facets


def _forbidden() -> Case:
    profile = np.array([[[0.0, 1.0], [0.0351, 0.9649]], [[0.0351, 0.9649], [0.0, 1.0]]])
    u = np.array([[[0.0, -900.0]] * 2])
    return Case(
        "Every identity forbids some facet's best value, the other is 900 nats worse", np.full(2, 0.5), profile, u
    )


def _hard_zero() -> Case:
    profile = np.array([[[0.0, 0.3, 0.7], [0.5, 0.25, 0.25]], [[0.2, 0.0, 0.8], [0.0, 0.0, 1.0]]])
    u = np.array([[[0.0, -2000.0, -2001.0], [-2000.0, 0.0, -2003.0]]])
    return Case("Hard zeros, values 2,000 nats apart", np.array([0.9, 0.1]), profile, u)


def _random(given: Problem) -> np.ndarray:
    return np.random.default_rng((*given.sizes, 2)).normal(size=(1, *given.sizes[1:]))


def _many_facets() -> Case:
    given = problem((3, 400, 8))
    u = _random(given)
    case = Case("400 facets of 8 values, log Z = −909", np.exp(given.log_prior), given.profile, u)
    u = u - (_exactly(case, u[0])[0] + 909) / 400
    return Case(case.title, case.prior, case.profile, u)


def _close() -> Case:
    u = 400 * np.log([[[0.5, 0.47225]]])
    title = "Two close hypotheses, 400 observations, exact 1.2e-10"
    return Case(title, np.full(2, 0.5), np.eye(2)[:, None], u)


def _tied() -> Case:
    rng = np.random.default_rng(5)
    profile = rng.dirichlet(np.full(3, 0.3), (4, 5))
    u = 3 * rng.normal(size=(100, 5, 3))
    return Case("Facets tied to a shared identity, 100 random settings", rng.dirichlet(np.ones(4)), profile, u)


def _sixty_four() -> Case:
    given = problem((8, 64, 3))
    return Case("64 facets of 3 values", np.exp(given.log_prior), given.profile, _random(given))


CASES = {
    "forbidden": _forbidden(),
    "zeros": _hard_zero(),
    "facets": _many_facets(),
    "close": _close(),
    "tied": _tied(),
    "sixty_four": _sixty_four(),
}

BREAKING = (
    "bayes_self_contender:Heard",
    "jax_contender:Plain",
    "numpy_contender:OneAtATime",
    "numba_contender:Loop",
    "c_contender:Kernel",
    "numpyro_contender:Enumeration",
    "numpyro_contender:SiteForEachFacet",
    "memo_contender:OneAtATime",
    "memo_contender:Natural",
    "pymdp_contender:OneAtATime",
    "pymdp_contender:Unscaled",
    "pymdp_contender:MeanField",
    "pyagrum_contender:ShaferShenoy",
    "pyagrum_contender:Unscaled",
    "pgmpy_contender:CliqueTree",
    "pgmpy_contender:VirtualEvidence",
)
