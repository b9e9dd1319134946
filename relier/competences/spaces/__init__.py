"""Where someone stands, as a set of things they can do: knowledge spaces, read exactly.

A *space* is a relation "this item needs that one" and the sets of items that respect it: whoever
holds an item holds all it needs. They are closed under union and intersection (Birkhoff 1937),
and a person's position is one of them, never a number. Answers are noisy: someone who can may say
no (*careless*), someone who cannot may say yes (*lucky*). `read` turns answers into the chance of
every item, exactly. Nothing here knows a person, a page or a database: ids in, plain values out.

The model, for a set K of k items among n:

    P(K)           = weight(K) / ((n + 1) * sum of weight over the sets of k items)
    weight(K)      = broken ** (number of prerequisites that K breaks)           with 0 ** 0 = 1
    P(yes | K)     = 1 - careless if the item is in K, else lucky            for each answer (BLIM)

*Flat by size*: every size is equally likely, and the sets of a size share it. Uniform over sets
would say, before any answer, that nearly everyone holds about half of the items.

*Broken*: a relation is an opinion of practitioners, and someone may send a photo who cannot write
a message. Suppose that each prerequisite is absent for a given person with chance `broken`,
independently: summing over all the ways to be absent gives each prerequisite kept the factor 1
and each one broken the factor `broken`. So every set is possible, the sum over the 2 ** e
relations is never written out, and `broken=0` is the strict space. Prerequisites that follow from
others do not count twice: only the covering pairs of the order are kept (`order.essential`).

How it is exact. Sixty items tied by common foundations make one connected part of millions of
sets, so they are not listed. Items are walked along an order in which few of those met still
wait for a neighbour (`narrow_order`); a table holds, for each state of those waiting and each
number of items held, the weight of all the sets seen so far. One walk forward and one back give
every marginal: the transfer matrix of statistical physics, or variable elimination along a path
decomposition. Cost: n * n * 2 ** width, and every term is positive, so that nothing cancels.

Sources: Doignon & Falmagne, "Spaces for the assessment of knowledge", Int. J. Man-Machine Studies
23, 1985 (spaces, fringes); Falmagne & Doignon, "A class of stochastic procedures for the
assessment of knowledge", Brit. J. Math. Stat. Psychol. 41, 1988 (adaptive questions, updating);
Doignon & Falmagne, "Knowledge Spaces", Springer 1999, and Falmagne & Doignon, "Learning Spaces",
Springer 2011 (BLIM; downsets are their quasi-ordinal, hence learning, spaces); Koller & Friedman,
"Probabilistic Graphical Models", MIT Press 2009, ch. 9 (elimination); Kinnersley, "The vertex
separation number of a graph equals its path-width", Inf. Process. Lett. 42, 1992 (width).
The prior flat by size, the soft prerequisites and the counting table are ours.
"""

from .reading import CARELESS, LUCKY, WORTH, Evidence, Reading, read
from .structure import BROKEN, Space, Tangled, TooWide
from .walk import WIDEST

__all__ = [
    "BROKEN",
    "CARELESS",
    "LUCKY",
    "WIDEST",
    "WORTH",
    "Evidence",
    "Reading",
    "Space",
    "Tangled",
    "TooWide",
    "read",
]
