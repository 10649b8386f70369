#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws the queries of the bench out of its corpus; the seed is fixed.

    gen_queries.py CORPUS.tsv QUERIES.tsv

One query per line: class, words [, session].  The words are as people wrote them, in lower case: each engine applies
its own analysis.  300 of each class, 100 of those over frequent words.
"""
import random
import re
import sys
from collections import Counter

WORD = re.compile(r'[^\W\d_]+')
RUN = re.compile(r'(?<![^\s])[^\W\d_]{2,}(?: [^\W\d_]{2,})+(?![^\s,.;])')  # words with nothing but spaces between them
EACH, FREQUENT = 300, 100


def main():
    source, target = sys.argv[1:]
    rng = random.Random(7)
    with open(source, encoding='utf-8', newline='\n') as f:
        rows = [line.rstrip('\n').split('\t') for line in f]
    total = len(rows)
    frequency = Counter()
    for row in rows:
        frequency.update(set(WORD.findall(row[5].lower())))

    def band(low, high):
        return [w for w, n in sorted(frequency.items()) if len(w) >= 3 and low * total <= n <= high * total]

    rare = band(5e-6, 5e-5) if total > 500_000 else band(2e-5, 2e-4)
    middling, frequent, common = band(5e-4, 5e-3), band(.04, 1), set(band(1e-3, .05))
    telling = common | set(middling)
    queries = []

    def add(*fields):
        queries.append('\t'.join(fields))

    def pick(n, among):
        while True:
            words = [w for w in set(WORD.findall(rng.choice(rows)[5].lower())) if w in among]
            if len(words) >= n:
                return rng.sample(sorted(words), n)

    for word in rng.sample(rare, min(EACH, len(rare))):
        add('t_rare', word)
    for word in rng.choices(middling, k=EACH):
        add('t_mid', word)
    for word in rng.choices(frequent, k=EACH):
        add('t_freq', word)
    for _ in range(EACH):
        add('and2', ' '.join(pick(2, common)))
    for _ in range(EACH):
        add('or5', ' '.join(rng.sample(middling, 5)))
    for length in (2, 3):
        found = 0
        while found < EACH:
            runs = [m.split() for m in RUN.findall(rng.choice(rows)[5].lower())]
            runs = [r for r in runs if len(r) >= length]
            if not runs:
                continue
            run = rng.choice(runs)
            start = rng.randrange(len(run) - length + 1)
            phrase = run[start:start + length]
            if any(w in telling for w in phrase):
                add(f'ph{length}', ' '.join(phrase))
                found += 1
    found = 0
    while found < EACH:
        word = rng.choice(middling)
        if len(word) >= 6:
            add('prefix', word[:5])
            found += 1
    for _ in range(EACH):
        add('facet', rng.choice(middling), rng.choice(rows)[1])
    for word in rng.choices(middling, k=EACH):
        add('group', word)
    for word in rng.choices(frequent, k=FREQUENT):
        add('groupf', word)
    for _ in range(EACH):
        add('top10', ' '.join(pick(2, common)))
    for word in rng.choices(frequent, k=FREQUENT):
        add('top10f', word)
    for word in rng.choices(middling, k=EACH):
        add('kwic', word)
    with open(target, 'w', encoding='utf-8', newline='\n') as f:
        f.write('\n'.join(queries) + '\n')
    print(f'  {total} contributions, {len(frequency)} words: {len(rare)} rare, {len(middling)} middling, '
          f'{len(frequent)} frequent; {len(queries)} queries', file=sys.stderr)


main()
