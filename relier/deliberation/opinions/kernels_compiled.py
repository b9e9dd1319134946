"""The same loops as `kernels`, compiled by numba (the extra `fast`). Import `kernels`, not this.

No `fastmath`: additions of doubles stay in the order written. Loops let go of the interpreter, so
that two threads may share the rows.
"""

import numpy as np
from numba import njit

from .kernels import EXP_SHIFT, LOG_SHIFT, WHOLE
from .steady import SIGMOID_REACH, SIGMOID_STEPS

compiled = njit(cache=True, nogil=True, error_model="numpy")


@compiled
def sums_of_people(starts, cells, table, found, low, high):
    classes = table.shape[1]
    for person in range(low, high):
        for g in range(classes):
            found[person, g] = 0
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            for g in range(classes):
                found[person, g] += table[cell, g]


@compiled
def sums_of_cells(starts, cells, people, size, low, high):
    classes = people.shape[1]
    found = np.zeros((size, classes), dtype=np.int64)
    for person in range(low, high):
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            for g in range(classes):
                found[cell, g] += people[person, g]
    return found


@compiled
def em_pass(starts, cells, table, prior, weights, exps, logs, low, high):
    classes = table.shape[1]
    last = len(exps) - 1
    found = np.zeros((table.shape[0], classes), dtype=np.int64)
    sizes = np.zeros(classes, dtype=np.int64)
    score = np.empty(classes, dtype=np.int64)
    likelihood = 0
    for person in range(low, high):
        weight = weights[person]
        if weight == 0:
            continue
        for g in range(classes):
            score[g] = prior[g]
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            for g in range(classes):
                score[g] += table[cell, g]
        top = score[0]
        for g in range(1, classes):
            top = max(top, score[g])
        total = 0
        for g in range(classes):
            score[g] = exps[min((top - score[g]) >> EXP_SHIFT, last)]
            total += score[g]
        likelihood += weight * (top + logs[total >> LOG_SHIFT])
        part = WHOLE / total
        for g in range(classes):
            score[g] = weight * np.int64(score[g] * part + 0.5)
            sizes[g] += score[g]
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            for g in range(classes):
                found[cell, g] += score[g]
    return found, sizes, likelihood


@compiled
def em_pass_of_four(starts, cells, table, prior, weights, exps, logs, low, high):
    """`em_pass` for four classes exactly, which stay in registers: about three times as fast."""
    last = len(exps) - 1
    found = np.zeros((table.shape[0], 4), dtype=np.int64)
    sizes = np.zeros(4, dtype=np.int64)
    likelihood = 0
    for person in range(low, high):
        weight = weights[person]
        if weight == 0:
            continue
        a, b, c, d = prior[0], prior[1], prior[2], prior[3]
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            a += table[cell, 0]
            b += table[cell, 1]
            c += table[cell, 2]
            d += table[cell, 3]
        top = max(max(a, b), max(c, d))
        a = exps[min((top - a) >> EXP_SHIFT, last)]
        b = exps[min((top - b) >> EXP_SHIFT, last)]
        c = exps[min((top - c) >> EXP_SHIFT, last)]
        d = exps[min((top - d) >> EXP_SHIFT, last)]
        total = a + b + c + d
        likelihood += weight * (top + logs[total >> LOG_SHIFT])
        part = WHOLE / total
        a = weight * np.int64(a * part + 0.5)
        b = weight * np.int64(b * part + 0.5)
        c = weight * np.int64(c * part + 0.5)
        d = weight * np.int64(d * part + 0.5)
        sizes[0] += a
        sizes[1] += b
        sizes[2] += c
        sizes[3] += d
        for place in range(starts[person], starts[person + 1]):
            cell = cells[place]
            found[cell, 0] += a
            found[cell, 1] += b
            found[cell, 2] += c
            found[cell, 3] += d
    return found, sizes, likelihood


@compiled
def logistic_sums(own, size, agree, logit, x, table):
    found = np.zeros((5, size))
    for place in range(len(own)):
        where = (min(max(logit[place], -16.0), 16.0) + SIGMOID_REACH) * SIGMOID_STEPS
        whole = np.int64(where)
        below = table[whole]
        p = below + (table[whole + 1] - below) * (where - whole)
        rest = agree[place] - p
        width = p * (1.0 - p)
        slope = width * x[place]
        one = own[place]
        found[0, one] += rest
        found[1, one] += rest * x[place]
        found[2, one] += width
        found[3, one] += slope
        found[4, one] += slope * x[place]
    return found


@compiled
def co_votes(columns, lengths, x, size):
    found = np.zeros((size, size), dtype=np.int64)
    for person in range(len(lengths)):
        for first in range(lengths[person]):
            j, held = columns[person, first], x[person, first]
            for second in range(first + 1, lengths[person]):
                found[j, columns[person, second]] += held * x[person, second]
    return found
